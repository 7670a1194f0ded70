package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Metrics;
import dev.troupe.study.Order;
import dev.troupe.study.Outcome;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trial that runs out of memory is tried again with nothing beside it, once. */
@Timeout(120)
class MemoryShortageTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

  private final AtomicInteger running = new AtomicInteger();
  private final List<StudyEvent> events = new CopyOnWriteArrayList<>();

  /** Has room for one trial at a time, and for none of the greedy one. */
  private double evaluate(TrialHandle trial, long greedy) {
    int beside = running.getAndIncrement();
    try {
      Thread.sleep(20);
      if (beside > 0 || running.get() > 1 || trial.id().number() == greedy) {
        throw new IllegalStateException("no room", new OutOfMemoryError("Java heap space"));
      }
      return 0.5;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } finally {
      running.decrementAndGet();
    }
  }

  private List<StudyEvent.AttemptFailed> shortages() {
    return events.stream()
        .filter(StudyEvent.AttemptFailed.class::isInstance)
        .map(StudyEvent.AttemptFailed.class::cast)
        .filter(StudyEvent.AttemptFailed::outOfMemory)
        .toList();
  }

  @Test
  void evaluate_roomForOneAtATime_allTrialsCompleteWithoutRetries() throws Exception {
    var begin = new CyclicBarrier(3);
    Set<TrialId> begun = ConcurrentHashMap.newKeySet();
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(3))) {
      StudyResult result =
          Outcomes.of(
              troupe
                  .study("shortage", SPACE)
                  .parallelism(3)
                  .budget(Budget.trials(12))
                  .listener(events::add)
                  .start(
                      (candidate, trial) -> {
                        if (trial.id().number() <= 3 && begun.add(trial.id())) {
                          begin.await(30, TimeUnit.SECONDS); // three at once: no room
                        }
                        return evaluate(trial, -1);
                      }));

      assertThat(result.completed()).isEqualTo(12);
      assertThat(shortages()).isNotEmpty().allMatch(failed -> failed.attempt().number() == 1);
      assertThat(shortages().get(0).reason()).contains("no room").contains("Java heap space");
    }
  }

  @Test
  void evaluate_noRoomEvenAlone_trialFailsWithTheRemedy() {
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(3))) {
      StudyResult result =
          Outcomes.of(
              troupe
                  .study("shortage", SPACE)
                  .retries(5)
                  .budget(Budget.trials(3))
                  .listener(events::add)
                  .start((candidate, trial) -> evaluate(trial, 2)));

      assertThat(result.completed()).isEqualTo(2);
      assertThat(result.failed()).isEqualTo(1);
      assertThat(shortages()).hasSize(1);
      assertThat(reason())
          .startsWith("Trial 2: no room (caused by OutOfMemoryError: Java heap space).")
          .contains("again with nothing beside it on cpu-0")
          .contains("MiB")
          .contains("Maybe give it more memory");
    }
  }

  private String reason() {
    return events.stream()
        .filter(StudyEvent.TrialEnded.class::isInstance)
        .map(event -> ((StudyEvent.TrialEnded) event).trial().outcome())
        .filter(Outcome.Failed.class::isInstance)
        .map(outcome -> ((Outcome.Failed) outcome).reason())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void simulated_shortages_areTheSameEveryTime() {
    List<String> first = simulated();
    List<String> second = simulated();

    assertThat(first).hasSize(20).isEqualTo(second);
    assertThat(first).anyMatch(trial -> trial.contains("attempt 2"));
  }

  private static List<String> simulated() {
    List<String> trials = Collections.synchronizedList(new ArrayList<>());
    try (Troupe troupe = Troupe.simulated(Simulation.of(4))) {
      Outcomes.of(
          troupe
              .study("shortage", SPACE)
              .parallelism(4)
              .order(Order.LOGICAL)
              .budget(Budget.trials(20))
              .startWith(
                  (suggestion, evaluation) -> {
                    evaluation.spend(1 + evaluation.attempt().trial().number() % 3);
                    if (evaluation.attempt().trial().number() % 4 == 1
                        && evaluation.attempt().number() == 1) {
                      throw new OutOfMemoryError("CUDA out of memory");
                    }
                    trials.add(
                        "%s attempt %d on %s"
                            .formatted(
                                evaluation.attempt().trial(),
                                evaluation.attempt().number(),
                                evaluation.device().name()));
                    return Metrics.of("loss", 1);
                  }));
    }
    return trials;
  }

  @Test
  void start_afterACrashBeforeTheSecondAttempt_itRunsAlone() {
    Path home = Path.of("home-of-shortage");
    SharedLedger ledger = SharedLedger.at(home);
    ledger.breakAfter(5); // begun, asked, suggested twice, failed for want of memory
    for (int process = 1; process <= 2; process++) {
      try (Troupe troupe = Troupe.start(Troupe.cpuSlots(2))) {
        Outcomes.of(
            troupe
                .study("shortage", SPACE)
                .ledger(SharedLedger.SETTING)
                .home(home)
                .parallelism(2)
                .budget(Budget.trials(2))
                .start(
                    (candidate, trial) -> {
                      if (trial.id().number() == 2 && running.get() == 0 && isFirst(ledger)) {
                        Thread.sleep(200); // until the other one has failed and the ledger broke
                        return 1;
                      }
                      return evaluate(trial, isFirst(ledger) ? 1 : -1);
                    }));
      }
      ledger.mend();
    }

    List<StudyEvent.AttemptFailed> failed =
        ledger.facts("shortage").stream()
            .filter(StudyEvent.AttemptFailed.class::isInstance)
            .map(StudyEvent.AttemptFailed.class::cast)
            .toList();
    assertThat(failed.get(0).outOfMemory()).isTrue();
    assertThat(failed).filteredOn(StudyEvent.AttemptFailed::outOfMemory).hasSize(1);
    assertThat(ledger.facts("shortage"))
        .filteredOn(StudyEvent.StudyEnded.class::isInstance)
        .extracting(event -> ((StudyEvent.StudyEnded) event).state())
        .containsExactly(StudyState.DONE);
  }

  private static boolean isFirst(SharedLedger ledger) {
    return ledger.facts("shortage").stream().noneMatch(StudyEvent.StudyResumed.class::isInstance);
  }

  /** The heap of another JVM has room for one of these trials; the third never fits. */
  @Test
  void heap_ofASmallJvm_otherTrialsCompleteAndTheJvmLives() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapProcess.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("completed 9, failed 1")
        .contains("Trial 3: OutOfMemoryError: Java heap space")
        .contains("nothing beside it on cpu-");
  }
}
