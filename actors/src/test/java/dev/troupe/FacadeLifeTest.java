package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.LogRange;
import dev.troupe.space.Range;
import dev.troupe.space.RecordSpace;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How studies live and end with the Troupe around them. */
@Timeout(60)
class FacadeLifeTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder().add(FloatParameter.linear("x", -1, 1)).build();

  /** A record that is a space. */
  record Mlp(
      @LogRange(low = 1e-4, high = 1e-1) double learningRate,
      @Range(low = 1, high = 3) int layers,
      boolean bias) {}

  private static <V> V await(CompletionStage<V> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static Study<?> endless(Troupe troupe, String name, CountDownLatch running) {
    return troupe
        .study(name, SPACE)
        .budget(Budget.unlimited())
        .ledger("memory")
        .start(
            (x, trial) -> {
              running.countDown();
              new CountDownLatch(1).await();
              return 1;
            });
  }

  @Test
  void close_studyRuns_itsResultSaysSo() throws Exception {
    var running = new CountDownLatch(1);
    Troupe troupe = Troupe.start(Troupe.cpuSlots(1));
    Study<?> study = endless(troupe, "endless", running);
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

    troupe.close();

    assertThatThrownBy(() -> await(study.outcome()))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("its Troupe was closed while it ran");
    assertThatThrownBy(() -> troupe.study("late", SPACE).start((x, trial) -> 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    troupe.close();
  }

  @Test
  void close_callersWait_theyLearnIt() throws Exception {
    Troupe troupe = Troupe.start(Troupe.cpuSlots(1));
    Study<?> study =
        troupe
            .study("ask", SPACE)
            .ledger("memory")
            .strategy(
                Strategies.of(
                    "slow",
                    request -> {
                      var never = new CountDownLatch(1);
                      return new FixedStrategy(
                          () -> {
                            never.await();
                            return List.of();
                          });
                    }))
            .open();
    CompletionStage<? extends Optional<?>> asked = study.ask();

    troupe.close();

    assertThat(await(asked).isPresent()).isFalse();
    assertThat(await(study.ask()).isPresent()).isFalse();
  }

  @Test
  void within_systemOfTheCaller_survivesCloseAndEndsStudiesWhenItEnds() throws Exception {
    ActorTestKit host = ActorTestKit.create();
    try {
      var running = new CountDownLatch(1);
      Troupe first = Troupe.within(host.system(), Troupe.cpuSlots(1));
      Study<?> closed = endless(first, "closed", running);
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      first.close();
      assertThatThrownBy(() -> await(closed.outcome())).hasMessageContaining("closed");
      assertThat(host.system().whenTerminated().isCompleted()).isFalse();

      var runningAgain = new CountDownLatch(1);
      Troupe second = Troupe.within(host.system(), Troupe.cpuSlots(1));
      Study<?> orphan = endless(second, "orphan", runningAgain);
      assertThat(runningAgain.await(10, TimeUnit.SECONDS)).isTrue();
      host.shutdownTestKit();
      assertThatThrownBy(() -> await(orphan.outcome())).hasMessageContaining("closed");
      second.close();
    } finally {
      host.shutdownTestKit();
    }
  }

  @Test
  void start_sameNameRightAfterTheEnd_isFine() {
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(2))) {
      for (int i = 0; i < 200; i++) {
        Study<?> study =
            troupe
                .study("again", SPACE)
                .budget(Budget.trials(2))
                .ledger("memory")
                .start((x, trial) -> 1);
        assertThat(Outcomes.of(study).completed()).isEqualTo(2);
      }
    }
  }

  @Test
  void start_tenThousandTrialsInTwoStudies_shareTheSlots() {
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(2))) {
      List<Study<?>> studies = new CopyOnWriteArrayList<>();
      for (String name : List.of("a", "b")) {
        studies.add(
            troupe
                .study(name, SPACE)
                .strategy(Strategies.random())
                .budget(Budget.trials(10_000))
                .parallelism(8)
                .ledger("memory")
                .start((configuration, trial) -> Math.abs(configuration.getDouble("x"))));
      }
      for (Study<?> study : studies) {
        assertThat(Outcomes.of(study).completed()).isEqualTo(10_000);
      }
    }
  }

  @Test
  void start_recordAndTwoObjectives_givesTheBestRecordAndTheFront() throws Exception {
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(2))) {
      Study<Mlp> study =
          troupe
              .study("record", RecordSpace.of(Mlp.class))
              .maximize("accuracy")
              .minimize("size")
              .strategy(Strategies.random()) // others find the best rate several times
              .budget(Budget.trials(40))
              .parallelism(2)
              .ledger("memory")
              .seed(42)
              .start(
                  (mlp, trial) -> {
                    trial.record("size", mlp.layers());
                    return mlp.layers() - mlp.learningRate();
                  });

      Incumbent<Mlp> best = await(study.result());
      StudyResult outcome = await(study.outcome());

      assertThat(best.value().layers()).isEqualTo(3);
      assertThat(outcome.front()).hasSize(3).contains(best.trial());
    }
  }

  @Test
  void pruner_hangs_otherStudiesGoOnAndItsOwnCanBeStopped() throws Exception {
    var asked = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(2))) {
      Study<?> stuck =
          troupe
              .study("stuck", SPACE)
              .ledger("memory")
              .pruner(
                  Pruners.of(
                      "hanging",
                      request ->
                          (trial, ended, active) -> {
                            asked.countDown();
                            Stubborn.await(never);
                            return Verdict.CONTINUE;
                          }))
              .start(
                  (x, trial) -> {
                    trial.report(1, 1);
                    return 1;
                  });
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      Study<?> other =
          troupe
              .study("other", SPACE)
              .budget(Budget.trials(20))
              .ledger("memory")
              .start((x, trial) -> 1);
      assertThat(Outcomes.of(other).completed()).isEqualTo(20);

      stuck.stop(true);

      assertThat(Outcomes.of(stuck).state()).isEqualTo(StudyState.STOPPED);
      assertThat(Outcomes.of(stuck).stopped()).isEqualTo(1);
    } finally {
      never.countDown();
    }
  }

  @Test
  void listener_throwsAnError_othersGetEverything() {
    List<StudyEvent> events = new CopyOnWriteArrayList<>();
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(1))) {
      Study<?> study =
          troupe
              .study("listeners", SPACE)
              .budget(Budget.trials(3))
              .ledger("memory")
              .listener(
                  event -> {
                    throw new StackOverflowError();
                  })
              .listener(events::add)
              .start((x, trial) -> 1);
      assertThat(Outcomes.of(study).state()).isEqualTo(StudyState.DONE);
    }
    assertThat(events).filteredOn(StudyEvent.TrialEnded.class::isInstance).hasSize(3);
  }

  @Test
  void subscribe_beforeAndAfterTheEnd_completes() throws Exception {
    var release = new CountDownLatch(1);
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(1))) {
      Study<?> study =
          troupe
              .study("subscribers", SPACE)
              .budget(Budget.trials(3))
              .ledger("memory")
              .start(
                  (x, trial) -> {
                    release.await();
                    return 1;
                  });
      var early = new Collector();
      study.events().subscribe(early);
      await(early.subscribed);
      release.countDown();
      await(early.completed);
      Outcomes.of(study);
      var late = new Collector();
      study.events().subscribe(late);
      await(late.completed);

      assertThat(early.events).filteredOn(StudyEvent.TrialEnded.class::isInstance).hasSize(3);
      assertThat(late.events).isEmpty();
    }
  }

  private static final class Collector implements Flow.Subscriber<StudyEvent> {
    final List<StudyEvent> events = new CopyOnWriteArrayList<>();
    final CompletableFuture<Boolean> subscribed = new CompletableFuture<>();
    final CompletableFuture<Boolean> completed = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
      subscribed.complete(true);
    }

    @Override
    public void onNext(StudyEvent event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable failure) {
      completed.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      completed.complete(true);
    }
  }
}
