package dev.troupe.cluster;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.settings.Option;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** For tests: sleeps, reports, and returns the number of its trial as the loss. */
public final class SleepingEstimatorProvider implements EstimatorProvider {

  @Override
  public String name() {
    return "sleeping";
  }

  @Override
  public String description() {
    return "sleeps";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("seconds", "0", "how long a step takes"),
        new Option("steps", "1", "how many steps"),
        new Option("loading", "0", "how long it takes until it is there"),
        new Option("requires", "", "a file that must exist"));
  }

  @Override
  public Estimator create(EstimatorRequest request) {
    long millis = Math.round(1000 * request.settings().getDouble("seconds", 0, 0, 1000));
    int steps = request.settings().getInt("steps", 1, 1, 1000);
    String required = request.settings().getString("requires", "");
    if (!required.isEmpty() && !Files.exists(Path.of(required))) {
      throw new IllegalArgumentException(
          "estimator.requires: '%s' is missing.".formatted(required));
    }
    sleep(Math.round(1000 * request.settings().getDouble("loading", 0, 0, 1000)));
    return FunctionEstimator.of(
        (suggestion, evaluation) -> {
          Metrics loss = Metrics.of("loss", (double) evaluation.attempt().trial().number());
          for (int step = 1; step <= steps; step++) {
            Thread.sleep(millis);
            if (evaluation.report(step, loss) != Verdict.CONTINUE) {
              break;
            }
          }
          return loss;
        });
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while it loaded.", e);
    }
  }
}
