package dev.troupe.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import dev.troupe.actor.Job;
import dev.troupe.actor.Resumption;
import dev.troupe.actor.SlotResult;
import dev.troupe.actor.StudyActor;
import dev.troupe.codec.DamageException;
import dev.troupe.codec.EventOutput;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.weights.CheckpointKey;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is what is read, and nothing else is. */
class WireCodecTest {

  private static final ActorRef<ToWorker> WORKER = TestInbox.<ToWorker>create("w").getRef();

  private final WireCodec codec =
      new WireCodec(
          worker -> worker.path().name(),
          name -> {
            if (!name.equals("w")) {
              throw new IllegalArgumentException("nobody is called " + name);
            }
            return WORKER;
          });

  static List<Object> messages() {
    var measurement = Samples.measurement(3);
    var vector =
        new Measurement(4, Metrics.of("loss", Double.NaN).withVector("v", new double[] {1, 2}), 1);
    var best =
        new EndedTrial(
            TrialId.of(3),
            Samples.suggestion(),
            List.of(measurement),
            new Outcome.Completed(Metrics.of("loss", 1)),
            2.5);
    return List.of(
        new ToDaemon.Hello(
            WireCodec.VERSION,
            "i",
            WORKER,
            "p",
            "näme",
            List.of(Device.cpu(0), Device.cuda(1), Device.simulated(2))),
        new ToDaemon.Report(
            "i",
            WORKER,
            42,
            true,
            List.of(
                new LeaseReport(1, 0, 1, List.of()),
                new LeaseReport(
                    2,
                    1,
                    5,
                    List.of(
                        new Item.Resumed(KEY),
                        new Item.Measured(List.of(measurement, vector)),
                        new Item.Saved(KEY),
                        new Item.Finished(
                            new SlotResult.Value(Metrics.of("loss", 1)), List.of(measurement)))),
                new LeaseReport(
                    3, 2, 1, List.of(new Item.Finished(new SlotResult.Failure("why"), List.of()))),
                new LeaseReport(
                    4, 3, 1, List.of(new Item.Finished(new SlotResult.Lost("gone"), List.of()))),
                new LeaseReport(
                    6,
                    5,
                    1,
                    List.of(new Item.Finished(new SlotResult.OutOfMemory("full"), List.of()))),
                new LeaseReport(5, 4, 1, List.of(new Item.Declined("cannot")))),
            List.of(1L, 2L)),
        new ToDaemon.Goodbye("i"),
        new ToWorker.Welcome("i", "name", Duration.ofMillis(500), Duration.ofSeconds(3)),
        new ToWorker.Refused("no"),
        new ToWorker.Stranger("i"),
        new ToWorker.Orders(
            "i",
            List.of(
                new Order(
                    1,
                    Assignment.of(
                        Samples.job(
                            TestInbox.<StudyActor.SlotMessage>create().getRef(),
                            1,
                            Duration.ofMinutes(1)),
                        3,
                        9),
                    0,
                    null,
                    false,
                    false),
                new Order(
                    2,
                    new Assignment(
                        0,
                        1,
                        "s",
                        Samples.STUDY,
                        Samples.attempt(2).next(),
                        new Job.Test(best),
                        -1,
                        null,
                        false,
                        "file:///shared",
                        List.of(new Resumption(KEY, 1.5))),
                    7,
                    new Order.Ruling(7, Verdict.STOP),
                    true,
                    false),
                Order.forget(3)),
            List.of(8L)));
  }

  private static final CheckpointKey KEY =
      new CheckpointKey(Samples.attempt(2), 7, "0123456789abcdef".repeat(4), 99);

  @ParameterizedTest
  @MethodSource("messages")
  void decode_whatWasEncoded_isTheSame(Object message) {
    byte[] bytes = codec.encode(message);

    assertThat(codec.decode(WireCodec.manifest(message), bytes)).isEqualTo(message);
  }

  /** It may be longer than all the rest, and no worker has use for it. */
  @Test
  void encode_explainedCandidate_goesWithoutItsExplanation() {
    var plain = (Suggestion.Evaluate) Samples.suggestion();
    Suggestion explained = plain.explained(Explanation.of("It promised most."));

    for (boolean test : new boolean[] {false, true}) {
      byte[] expected = codec.encode(orders(plain, test));
      assertThat(codec.encode(orders(explained, test))).isEqualTo(expected);
    }
  }

  private static ToWorker.Orders orders(Suggestion suggestion, boolean test) {
    var ended =
        new EndedTrial(
            TrialId.of(2), suggestion, List.of(), new Outcome.Completed(Metrics.of("loss", 1)), 1);
    var assignment =
        new Assignment(
            0,
            1,
            "s",
            Samples.STUDY,
            Samples.attempt(2),
            test ? new Job.Test(ended) : new Job.Evaluate(suggestion),
            -1,
            null,
            false,
            null,
            List.of());
    return new ToWorker.Orders(
        "i", List.of(new Order(2, assignment, 7, null, true, false)), List.of());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void decode_tornMessage_isRefused(Object message) {
    byte[] bytes = codec.encode(message);

    for (int length = 0; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> codec.decode(WireCodec.manifest(message), torn))
          .isInstanceOf(DamageException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> codec.decode(WireCodec.manifest(message), longer))
        .isInstanceOf(DamageException.class);
  }

  @Test
  void decode_unknownKind_isRefused() {
    assertThatThrownBy(() -> codec.decode("x", new byte[0]))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("'x'");
  }

  @Test
  void decode_helloOfALaterVersion_tellsItsVersionAndWhomToAnswer() {
    var out = new EventOutput();
    out.writeLong(WireCodec.VERSION + 1);
    out.writeText("i");
    out.writeText("w");
    out.writeText("something that is not known yet");

    assertThat(codec.decode(WireCodec.HELLO, out.toBytes()))
        .isEqualTo(new ToDaemon.Hello(WireCodec.VERSION + 1, "i", WORKER, "", "", List.of()));
  }
}
