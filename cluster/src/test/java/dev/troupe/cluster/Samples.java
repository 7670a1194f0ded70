package dev.troupe.cluster;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import dev.troupe.actor.Job;
import dev.troupe.actor.PortableStudy;
import dev.troupe.actor.StudyActor;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.Configuration;
import dev.troupe.study.Attempt;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Things that tests in this package need again and again. */
final class Samples {

  static final PortableStudy STUDY = study("seconds = 0");
  static final ClusterTimes TIMES =
      new ClusterTimes(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30));

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Samples() {}

  /** Returns a kit that waits long enough on a machine that is busy. */
  static ActorTestKit kit() {
    return ActorTestKit.create(
        ConfigFactory.parseString(
                """
                akka.actor.testkit.typed.single-expect-default = 30s
                akka.logger-startup-timeout = 60s
                """)
            .withFallback(ConfigFactory.load()));
  }

  static PortableStudy study(String estimator) {
    return new PortableStudy(
        Path.of("s.conf"),
        """
        study { name = s, metric = loss, direction = minimize }
        space { x { type = float, low = 0, high = 1 } }
        estimator { name = sleeping, %s }
        """
            .formatted(estimator),
        List.of("budget.trials=3"));
  }

  static Suggestion suggestion() {
    return Suggestion.evaluate(Configuration.of(Map.of("x", 0.5)));
  }

  static Attempt attempt(long trial) {
    return Attempt.first(TrialId.of(trial));
  }

  static Job job(
      ActorRef<? super StudyActor.SlotMessage> study, long trial, @Nullable Duration limit) {
    return Job.of(
        study,
        "s",
        attempt(trial),
        new Job.Evaluate(suggestion()),
        FunctionEstimator.of((suggestion, evaluation) -> Metrics.none()),
        RandomStreams.of(7),
        limit,
        true,
        STUDY);
  }

  static DeviceLease lease(String device, long trial) {
    return new DeviceLease(new Device(device, Device.Kind.CPU), attempt(trial), "s", START);
  }

  static Measurement measurement(long step) {
    return new Measurement(step, Metrics.of("loss", 0.25 * step), 0.5 * step);
  }
}
