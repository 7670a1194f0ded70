package dev.troupe.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.troupe.actor.Job;
import dev.troupe.actor.ManualTimers;
import dev.troupe.actor.Resumption;
import dev.troupe.actor.SlotResult;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.weights.CheckpointKey;
import dev.troupe.study.Attempt;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One incarnation of a worker; the test plays the daemon. */
@Timeout(60)
class WorkerActorTest {

  private static final ActorTestKit KIT = Samples.kit();

  private final ManualTimers timers = new ManualTimers();
  private final TestProbe<ToDaemon> daemon = KIT.createTestProbe(ToDaemon.class);
  private final TestProbe<WorkerActor.End> end = KIT.createTestProbe(WorkerActor.End.class);
  private final ActorRef<WorkerActor.Command> worker =
      KIT.spawn(
          WorkerActor.create(
              new WorkerActor.Self("i", "p", "me", List.of(Device.cpu(0))),
              Samples.TIMES,
              daemon.getRef()::tell,
              end.getRef()::tell,
              timers));

  @BeforeEach
  void join() {
    worker.tell(new WorkerActor.Joined());
    assertThat(daemon.expectMessageClass(ToDaemon.Hello.class).slots())
        .containsExactly(Device.cpu(0));
    worker.tell(new ToWorker.Welcome("i", "me", Duration.ofSeconds(1), Duration.ofSeconds(60)));
  }

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
  }

  private static Assignment assignment(String estimator, boolean judged) {
    return assignment(estimator, Samples.attempt(1), judged, null, List.of());
  }

  private static Assignment assignment(
      String estimator,
      Attempt attempt,
      boolean judged,
      @Nullable String checkpoints,
      List<Resumption> resumptions) {
    return new Assignment(
        0,
        1,
        "s",
        Samples.study(estimator),
        attempt,
        new Job.Evaluate(Samples.suggestion()),
        7,
        null,
        judged,
        checkpoints,
        resumptions);
  }

  private void order(Order... orders) {
    worker.tell(new ToWorker.Orders("i", List.of(orders), List.of()));
  }

  private static Order begin(long lease, Assignment assignment) {
    return new Order(lease, assignment, 0, null, false, false);
  }

  private static Order seen(long lease, long items, Order.Ruling ruling) {
    return new Order(lease, null, items, ruling, false, false);
  }

  private LeaseReport news() {
    ToDaemon.Report report = daemon.expectMessageClass(ToDaemon.Report.class);
    assertThat(report.full()).isFalse();
    return report.leases().get(0);
  }

  private ToDaemon.Report beat() {
    timers.advance(Duration.ofSeconds(1));
    return daemon.expectMessageClass(ToDaemon.Report.class);
  }

  private static final Item RESULT =
      new Item.Finished(new SlotResult.Value(Metrics.of("loss", 1)), List.of());

  @Test
  void job_judged_waitsForItsVerdictAndRepeatsWhatIsNotConfirmed() {
    Assignment job = assignment("seconds = 0, steps = 2", true);
    order(begin(4, job));
    assertThat(news()).isEqualTo(new LeaseReport(4, 0, 1, List.of()));
    LeaseReport first = news();
    assertThat(first.items()).hasSize(1);
    order(begin(4, job)); // once more
    assertThat(beat().leases()).containsExactly(first);

    order(seen(4, 1, new Order.Ruling(1, Verdict.CONTINUE)));
    LeaseReport second = news();
    assertThat(second.first()).isEqualTo(2);
    order(seen(4, 1, new Order.Ruling(1, Verdict.CONTINUE)), seen(9, 0, null));
    order(seen(4, 2, new Order.Ruling(2, Verdict.CONTINUE)));

    assertThat(news()).isEqualTo(new LeaseReport(4, 0, 3, List.of(RESULT)));
    ToDaemon.Report full = beat();
    assertThat(full.full()).isTrue();
    assertThat(full.leases()).containsExactly(new LeaseReport(4, 0, 3, List.of(RESULT)));
    assertThat(full.studies()).containsExactly(1L);
    order(Order.forget(4));
    order(begin(4, job)); // an order that comes late
    assertThat(beat().leases()).isEmpty();
  }

  @Test
  void stop_runningJob_endsItAndTheSlotIsFree() {
    order(begin(1, assignment("seconds = 100", false)));
    assertThat(news().items()).isEmpty();
    order(begin(2, assignment("seconds = 0", false))); // the slot is busy
    order(new Order(1, null, 0, null, true, false));
    order(new Order(1, null, 0, null, true, false));

    Item item = news().items().get(0);
    assertThat(((Item.Finished) item).result()).isInstanceOf(SlotResult.Failure.class);
    order(seen(1, 1, null), begin(3, assignment("seconds = 0", false)));
    assertThat(news()).isEqualTo(new LeaseReport(3, 0, 1, List.of()));
  }

  /** Returns all that a job tells until it is over; nothing is confirmed meanwhile. */
  private List<Item> all() {
    List<Item> items = news().items();
    while (items.isEmpty() || !items.get(items.size() - 1).isLast()) {
      items = news().items();
    }
    return items;
  }

  private static List<Long> steps(List<Item> items) {
    return items.stream()
        .flatMap(
            item ->
                item instanceof Item.Measured measured
                    ? measured.measurements().stream()
                    : item instanceof Item.Finished finished
                        ? finished.rest().stream()
                        : Stream.of())
        .map(Measurement::step)
        .toList();
  }

  @Test
  void job_thatSavesItself_anotherAttemptGoesOnFromThere(@TempDir Path shared) {
    String place = shared.toUri().toString();
    Attempt attempt = Samples.attempt(1);
    order(begin(1, assignment("steps = 3, saves = true", attempt, false, place, List.of())));
    List<Item> first = all();
    CheckpointKey key =
        first.stream()
            .filter(Item.Saved.class::isInstance)
            .map(item -> ((Item.Saved) item).key())
            .findFirst()
            .orElseThrow();

    assertThat(key.step()).isEqualTo(1);
    assertThat(steps(first)).containsExactly(1L, 2L, 3L);
    order(
        seen(1, first.size(), null),
        begin(
            2,
            assignment(
                "steps = 3, saves = true",
                attempt.next(),
                false,
                place,
                List.of(new Resumption(key, 0)))));

    List<Item> second = all();
    assertThat(second.get(0)).isEqualTo(new Item.Resumed(key));
    assertThat(steps(second)).containsExactly(2L, 3L);
  }

  @Test
  void stop_jobWhoseEstimatorIsNotThereYet_endsAtOnce() {
    order(begin(1, assignment("loading = 100", false)));
    assertThat(news().items()).isEmpty();
    order(new Order(1, null, 0, null, true, false));

    Item item = news().items().get(0);
    assertThat(((Item.Finished) item).result())
        .isEqualTo(new SlotResult.Failure("Trial 1: it was stopped before it began."));
    order(seen(1, 1, null), begin(2, assignment("loading = 100", false)));
    assertThat(news()).isEqualTo(new LeaseReport(2, 0, 1, List.of()));
    order(Order.forget(2));
    assertThat(beat().leases()).isEmpty();
  }

  @Test
  void forget_runningJob_holdsTheSlotUntilItHasEndedAndTellsNothing() {
    order(begin(1, assignment("seconds = 100", false)));
    assertThat(news().items()).isEmpty();
    order(Order.forget(1));

    daemon.awaitAssert(
        () -> {
          assertThat(beat().leases()).isEmpty();
          return null;
        });
  }

  @Test
  void estimator_thatCannotBeMade_isDeclined() {
    order(begin(1, assignment("requires = \"/does/not/exist\"", false)));
    assertThat(news().items()).isEmpty();

    Item item = news().items().get(0);
    assertThat(((Item.Declined) item).reason()).contains("'/does/not/exist' is missing");
    order(seen(1, 1, null), begin(2, assignment("seconds = 0", false)));
    assertThat(news().lease()).as("the slot is free").isEqualTo(2);
  }

  @Test
  void study_ended_itsEstimatorIsClosed() {
    order(begin(1, assignment("seconds = 0", false)));
    assertThat(news().items()).isEmpty();
    assertThat(news().items()).hasSize(1);
    assertThat(beat().studies()).containsExactly(1L);

    worker.tell(new ToWorker.Orders("i", List.of(seen(1, 1, null)), List.of(1L)));

    assertThat(beat().studies()).isEmpty();
  }

  @Test
  void daemon_silent_makesItStopToJoinAnew() {
    for (int second = 0; second < 30; second++) {
      beat();
    }
    timers.advance(Duration.ofMillis(1900)); // not late

    assertThat(end.receiveMessage())
        .isEqualTo(new WorkerActor.Lonely("the daemon was not heard for 30 s"));
    daemon.expectTerminated(worker);
  }

  @Test
  void worker_frozenForLongerThanItsDaemonWaits_joinsAnew() {
    timers.advance(Duration.ofSeconds(122));

    assertThat(end.receiveMessage())
        .isEqualTo(new WorkerActor.Lonely("its process was frozen for 121 s"));
  }

  @Test
  void worker_frozen_listensAgainBeforeItGivesUp() {
    timers.advance(Duration.ofSeconds(100));
    daemon.expectMessageClass(ToDaemon.Report.class);
    order();
    beat();
    end.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void daemon_thatDoesNotKnowIt_makesItJoinAnewUnlessAnotherIsMeant() {
    worker.tell(new ToWorker.Stranger("another"));
    worker.tell(
        new ToWorker.Orders("another", List.of(begin(1, assignment("", false))), List.of()));
    assertThat(beat().leases()).isEmpty();
    worker.tell(new ToWorker.Stranger("i"));

    assertThat(end.receiveMessage()).isInstanceOf(WorkerActor.Lonely.class);
  }

  @Test
  void refused_worker_doesNotComeBack() {
    worker.tell(new ToWorker.Refused("why"));

    assertThat(end.receiveMessage()).isEqualTo(new WorkerActor.Unwanted("why"));
  }

  @Test
  void leave_worker_saysGoodbye() {
    worker.tell(new WorkerActor.Leave());

    assertThat(daemon.expectMessageClass(ToDaemon.Goodbye.class).incarnation()).isEqualTo("i");
    assertThat(end.receiveMessage()).isEqualTo(new WorkerActor.Left());
  }
}
