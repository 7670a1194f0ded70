package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Metrics;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TroupeTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", -5, 5))
          .add(IntParameter.linear("n", 1, 9))
          .build();

  private static Troupe troupe;

  @BeforeAll
  static void start() {
    troupe = Troupe.start(Troupe.cpuSlots(4));
  }

  @AfterAll
  static void close() {
    troupe.close();
  }

  private static StudyResult outcome(Study<?> study) {
    return study.outcome().toCompletableFuture().join();
  }

  @Test
  void start_functionOfCaller_findsTheBestOfAllTrials() {
    List<Double> seen = Collections.synchronizedList(new ArrayList<>());
    Study<?> study =
        troupe
            .study("square", SPACE)
            .minimize("loss")
            .budget(Budget.trials(50))
            .parallelism(4)
            .seed(7)
            .start(
                (configuration, trial) -> {
                  double x = configuration.getDouble("x");
                  seen.add(x * x);
                  return x * x;
                });

    StudyResult result = outcome(study);

    assertThat(result.state()).isEqualTo(StudyState.DONE);
    assertThat(result.completed()).isEqualTo(50);
    assertThat(seen).hasSize(50);
    assertThat(study.result().toCompletableFuture().join().metrics().get("loss"))
        .isEqualTo(Collections.min(seen));
    assertThat(result.reason()).isEqualTo("the budget of 50 trials is spent");
  }

  @Test
  void start_functionThrowsErrors_areOutcomes() {
    StudyResult result =
        outcome(
            troupe
                .study("errors", SPACE)
                .budget(Budget.trials(40))
                .parallelism(4)
                .start(
                    (configuration, trial) ->
                        switch (configuration.getInt("n") % 4) {
                          case 0 -> throw new StackOverflowError();
                          case 1 -> throw new NoClassDefFoundError("native");
                          case 2 -> Double.NaN;
                          default -> 1.0;
                        }));

    assertThat(result.state()).isEqualTo(StudyState.DONE);
    assertThat(result.trials()).isEqualTo(40);
    assertThat(result.failed()).isPositive();
    assertThat(result.completed()).isPositive();
  }

  @Test
  void start_nothingCompletes_resultFailsWithTheReason() {
    Study<?> study =
        troupe
            .study("hopeless", SPACE)
            .budget(Budget.trials(3))
            .start(
                (configuration, trial) -> {
                  throw new IllegalStateException("no luck");
                });

    assertThatThrownBy(() -> study.result().toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NoTrialCompletedException.class)
        .hasMessageContaining("3 failed");
  }

  @Test
  void start_retries_failedAttemptsAreRepeatedAndCountOnce() {
    var attempts = new AtomicInteger();
    StudyResult result =
        outcome(
            troupe
                .study("retries", SPACE)
                .budget(Budget.trials(1))
                .retries(2)
                .start(
                    (configuration, trial) -> {
                      if (attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException("attempt " + attempts.get());
                      }
                      return 1;
                    }));

    assertThat(attempts).hasValue(3);
    assertThat(result.completed()).isEqualTo(1);
    assertThat(result.failed()).isZero();
  }

  @Test
  void start_timeLimit_hangingTrialFailsAndTheStudyGoesOn() {
    StudyResult result =
        outcome(
            troupe
                .study("hang", SPACE)
                .budget(Budget.trials(3))
                .timeLimit(Duration.ofMillis(200))
                .start(
                    (configuration, trial) -> {
                      if (trial.id().number() == 2) {
                        new CountDownLatch(1).await(); // for ever, unless interrupted
                      }
                      return 1;
                    }));

    assertThat(result.completed()).isEqualTo(2);
    assertThat(result.failed()).isEqualTo(1);
  }

  @Test
  void stop_now_interruptsAndReports() throws Exception {
    var running = new CountDownLatch(2);
    Study<?> study =
        troupe
            .study("stop", SPACE)
            .budget(Budget.unlimited())
            .parallelism(2)
            .start(
                (configuration, trial) -> {
                  running.countDown();
                  new CountDownLatch(1).await();
                  return 1;
                });
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

    study.stop(true);

    StudyResult result = outcome(study);
    assertThat(result.state()).isEqualTo(StudyState.STOPPED);
    assertThat(result.stopped()).isEqualTo(2);
  }

  @Test
  void stop_softly_letsRunningTrialsEnd() throws Exception {
    var running = new CountDownLatch(2);
    var release = new CountDownLatch(1);
    Study<?> study =
        troupe
            .study("soft", SPACE)
            .budget(Budget.unlimited())
            .parallelism(2)
            .start(
                (configuration, trial) -> {
                  running.countDown();
                  release.await();
                  return 1;
                });
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

    study.stop(false);
    release.countDown();

    StudyResult result = outcome(study);
    assertThat(result.state()).isEqualTo(StudyState.STOPPED);
    assertThat(result.completed()).isGreaterThanOrEqualTo(2);
    assertThat(result.best()).isNotNull();
  }

  @Test
  void budget_targetWallClockNoImprovement_endTheStudy() {
    StudyResult target =
        outcome(
            troupe
                .study("target", SPACE)
                .budget(Budget.unlimited().withTarget(1))
                .start((configuration, trial) -> Math.abs(configuration.getDouble("x"))));
    assertThat(target.reason()).isEqualTo("the target of 1.0 is reached");

    StudyResult patience =
        outcome(
            troupe
                .study("patience", SPACE)
                .budget(Budget.unlimited().withNoImprovement(5))
                .start((configuration, trial) -> 1.0));
    assertThat(patience.completed()).isEqualTo(6);

    StudyResult clock =
        outcome(
            troupe
                .study("clock", SPACE)
                .budget(Budget.wallClock(Duration.ofMillis(300)))
                .start(
                    (configuration, trial) -> {
                      if (trial.id().number() > 2) {
                        new CountDownLatch(1).await();
                      }
                      return 1.0;
                    }));
    assertThat(clock.state()).isEqualTo(StudyState.DONE);
    assertThat(clock.completed()).isEqualTo(2);
    assertThat(clock.stopped()).isEqualTo(1);
  }

  @Test
  void listener_getsEveryEventInOrder() {
    List<StudyEvent> events = new ArrayList<>();
    Study<?> study =
        troupe
            .study("events", SPACE)
            .budget(Budget.trials(20))
            .parallelism(3)
            .listener(events::add)
            .start(
                (configuration, trial) -> {
                  trial.report(1, 0.5);
                  trial.record("extra", 3);
                  return 0.25;
                });

    outcome(study);

    assertThat(events.get(0)).isInstanceOf(StudyEvent.StudyStarted.class);
    assertThat(events.get(events.size() - 1)).isInstanceOf(StudyEvent.StudyEnded.class);
    assertThat(events).filteredOn(StudyEvent.TrialSuggested.class::isInstance).hasSize(20);
    assertThat(events).filteredOn(StudyEvent.Measured.class::isInstance).hasSize(20);
    assertThat(events)
        .filteredOn(StudyEvent.TrialEnded.class::isInstance)
        .hasSize(20)
        .allSatisfy(
            event ->
                assertThat(((StudyEvent.TrialEnded) event).trial().metrics())
                    .isEqualTo(Metrics.of("extra", 3, "loss", 0.25)));
  }

  @Test
  void start_strategyThatExplains_functionAndResultHaveItsWords() {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    Study<?> study =
        troupe
            .study("why", SPACE)
            .strategy(Strategies.sobol())
            .budget(Budget.trials(3))
            .start(
                (configuration, trial) -> {
                  told.add(trial.explanation().orElseThrow().reason());
                  return trial.id().number();
                });

    assertThat(outcome(study).best().explanation().reason()).isEqualTo(told.get(0));
    assertThat(told)
        .containsExactly(
            "It is point 1 of a scrambled Sobol sequence.",
            "It is point 2 of a scrambled Sobol sequence.",
            "It is point 3 of a scrambled Sobol sequence.");
  }

  @Test
  void askAndTell_callerOwnsTheLoop() {
    Study<?> study = troupe.study("ask", SPACE).budget(Budget.trials(5)).open();
    int count = 0;
    while (true) {
      Optional<? extends Asked<?>> asked = study.ask().toCompletableFuture().join();
      if (asked.isEmpty()) {
        break;
      }
      count++;
      assertThat(asked.get().explanation().reason()).startsWith("auto chose gp-ucb, since ");
      tell(study, asked.get(), count);
    }

    StudyResult result = outcome(study);
    assertThat(count).isEqualTo(5);
    assertThat(result.completed()).isEqualTo(4);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.best()).isNotNull();
  }

  @SuppressWarnings("unchecked")
  private static <T> void tell(Study<T> study, Asked<?> asked, int count) {
    var trial = (Asked<T>) asked;
    assertThat(study.report(trial, 1, count).toCompletableFuture().join())
        .isEqualTo(Verdict.CONTINUE);
    if (count == 3) {
      study.tellFailure(trial, "lost").toCompletableFuture().join();
    } else {
      study.tell(trial, count).toCompletableFuture().join();
    }
    assertThatThrownBy(() -> study.tell(trial, count).toCompletableFuture().join())
        .hasMessageContaining("is not running for a caller");
  }

  @Test
  void start_nameIsRunning_isRefused() throws Exception {
    var release = new CountDownLatch(1);
    Study<?> study =
        troupe
            .study("twice", SPACE)
            .budget(Budget.trials(1))
            .start(
                (configuration, trial) -> {
                  release.await();
                  return 1;
                });
    assertThatThrownBy(() -> troupe.study("twice", SPACE).start((configuration, trial) -> 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("running already");
    release.countDown();
    outcome(study);
  }
}
