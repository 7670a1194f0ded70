package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.troupe.Stubborn;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.estimator.pruning.Pruner;
import dev.troupe.space.Configuration;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.Attempt;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The study's actor among devices and a ledger that the test plays. */
@Timeout(60)
class StudyActorTest {

  private static final ActorTestKit KIT = ActorTestKit.create();

  private final ManualTimers timers = new ManualTimers();
  private final TestProbe<DeviceActor.Command> devices = KIT.createTestProbe();
  private final TestProbe<LedgerActor.Append> ledger = KIT.createTestProbe();
  private final TestProbe<EstimatorActor.Command> slot = KIT.createTestProbe();
  private final CompletableFuture<StudyResult> result = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();
  private final List<StudyEvent> recorded = new ArrayList<>();
  private final List<StudyEvent> kept = new ArrayList<>();
  private final Setups setups = new Setups();

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
  }

  private ActorRef<StudyActor.Command> start() {
    return start(LedgerActor.inMemory());
  }

  private ActorRef<StudyActor.Command> start(Behavior<LedgerActor.Command> behavior) {
    StudySetup setup = setups.build();
    return KIT.spawn(
        StudyActor.create(
            setup,
            behavior,
            devices.getRef(),
            timers,
            new EventBus(setup.name(), List.of(), List.of()),
            opened,
            result));
  }

  /** A ledger that hands every request to the test, but for the question what is on record. */
  private Behavior<LedgerActor.Command> playedLedger() {
    return Behaviors.receiveMessage(
        message -> {
          if (message instanceof LedgerActor.Read read) {
            read.replyTo().tell(new LedgerActor.Facts(recorded));
            return Behaviors.same();
          }
          ledger.getRef().tell((LedgerActor.Append) message);
          return Behaviors.same();
        });
  }

  /** Lets the ledger keep what it was sent last. */
  private List<StudyEvent> keep() {
    LedgerActor.Append append = ledger.receiveMessage();
    kept.addAll(append.events());
    append.replyTo().tell(new LedgerActor.Appended(kept.size()));
    return append.events();
  }

  private Job offered() {
    return devices.expectMessageClass(DeviceActor.Offer.class).job();
  }

  private DeviceLease begin(Job job) {
    var lease = new DeviceLease(Device.cpu(0), job.attempt(), job.studyName(), timers.now());
    job.study().tell(new StudyActor.Started(lease));
    return lease;
  }

  private void finish(Job job, DeviceLease lease, SlotResult outcome) {
    job.study().tell(new StudyActor.Finished(lease, outcome, List.of()));
  }

  private void complete(Job job, double loss) {
    finish(job, begin(job), new SlotResult.Value(Metrics.of("loss", loss)));
  }

  private static CompletableFuture<@Nullable Void> instruct(
      ActorRef<StudyActor.Command> study, Instruction instruction) {
    var answer = new CompletableFuture<@Nullable Void>();
    study.tell(new StudyActor.Instruct(instruction, "a test", null, answer));
    return answer;
  }

  private static void stop(ActorRef<StudyActor.Command> study, boolean now) {
    instruct(study, new Instruction.Stop(now));
  }

  private StudyResult ended() throws Exception {
    return result.get(10, TimeUnit.SECONDS);
  }

  // What is on record

  @Test
  void dispatch_trial_isOnRecordBefore() {
    start(playedLedger());
    assertThat(keep()).hasOnlyElementsOfType(StudyEvent.StudyStarted.class);

    LedgerActor.Append append = ledger.receiveMessage();
    assertThat(append.events()).hasAtLeastOneElementOfType(StudyEvent.TrialSuggested.class);
    devices.expectNoMessage(Duration.ofMillis(50));

    append.replyTo().tell(new LedgerActor.Appended(3));
    assertThat(offered().attempt().trial().number()).isEqualTo(1);
  }

  @Test
  void measured_stop_isAnsweredWhenKept() {
    setups.pruner = (trial, past, active) -> Verdict.STOP;
    start(playedLedger());
    keep();
    keep();
    Job job = offered();
    DeviceLease lease = begin(job);

    job.study().tell(measured(lease, 1));
    LedgerActor.Append append = ledger.receiveMessage();
    slot.expectNoMessage(Duration.ofMillis(50));

    append.replyTo().tell(new LedgerActor.Appended(4));
    slot.expectMessage(new EstimatorActor.Answer(lease, Verdict.STOP));
  }

  @Test
  void measured_continue_isAnsweredAtOnce() {
    setups.pruner = (trial, past, active) -> Verdict.CONTINUE;
    start(playedLedger());
    keep();
    keep();
    Job job = offered();
    DeviceLease lease = begin(job);

    job.study().tell(measured(lease, 1));

    slot.expectMessage(new EstimatorActor.Answer(lease, Verdict.CONTINUE));
  }

  private StudyActor.Measured measured(DeviceLease lease, long step) {
    var measurement = new Measurement(step, Metrics.of("loss", 0.5), 0);
    return new StudyActor.Measured(lease, List.of(measurement), slot.getRef());
  }

  @Test
  void measured_attemptBefore_isToldToStopAndChangesNothing() throws Exception {
    setups.retries = 1;
    setups.budget = Budget.trials(1);
    setups.pruner = (trial, past, active) -> Verdict.CONTINUE;
    start();
    Job first = offered();
    DeviceLease lost = begin(first);
    finish(first, lost, new SlotResult.Failure("lost"));
    Job second = offered();
    assertThat(second.attempt()).isEqualTo(first.attempt().next());

    first.study().tell(measured(lost, 7));
    slot.expectMessage(new EstimatorActor.Answer(lost, Verdict.STOP));
    complete(second, 0.25);
    complete(offered(), 0);

    assertThat(requireBest().measurements()).isEmpty();
  }

  private EndedTrial requireBest() throws Exception {
    EndedTrial best = ended().best();
    assertThat(best).isNotNull();
    return best;
  }

  // Ledgers that fail

  @Test
  void ledger_failsAnAppend_failsTheStudyAndDispatchesNothing() throws Exception {
    start(playedLedger());
    keep();
    ledger.receiveMessage().replyTo().tell(new LedgerActor.AppendFailed("disk full"));

    devices.expectMessageClass(DeviceActor.Withdraw.class);
    StudyResult failed = ended();
    assertThat(failed.state()).isEqualTo(StudyState.FAILED);
    assertThat(failed.reason()).isEqualTo("its ledger failed: disk full");
    devices.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void ledger_diesWhileTrialsRun_waitsForThemFirst() throws Exception {
    start(
        Behaviors.receiveMessage(
            message -> {
              if (message instanceof LedgerActor.Read read) {
                read.replyTo().tell(new LedgerActor.Facts(List.of()));
                return Behaviors.same();
              }
              var append = (LedgerActor.Append) message;
              append.replyTo().tell(new LedgerActor.Appended(1));
              boolean suggested =
                  append.events().stream().anyMatch(StudyEvent.TrialSuggested.class::isInstance);
              return suggested ? Behaviors.stopped() : Behaviors.same();
            }));
    Job job = offered();
    DeviceLease lease = begin(job);
    assertThat(devices.expectMessageClass(DeviceActor.Withdraw.class).interrupt()).isTrue();
    assertThatThrownBy(() -> result.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);

    finish(job, lease, new SlotResult.Failure("interrupted"));

    assertThat(ended().reason()).isEqualTo("its ledger stopped");
    assertThat(ended().trials()).isZero();
  }

  @Test
  void ledger_diesInCreation_refusesTheStudy() {
    start(
        Behaviors.setup(
            context -> {
              throw new IllegalStateException("no such driver");
            }));

    assertThatThrownBy(() -> opened.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Study 'test': it cannot begin, since its ledger stopped")
        .hasMessageContaining("no such driver");
    assertThat(result).isNotDone();
  }

  // Users' code that fails

  @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
  private enum BadStrategy {
    THROWS(
        count -> {
          throw new IllegalStateException("no more ideas");
        },
        "no more ideas"),
    OVERFLOWS(
        count -> {
          throw new StackOverflowError();
        },
        "StackOverflowError"),
    NATIVE(
        count -> {
          throw new NoClassDefFoundError("Nd4j");
        },
        "Nd4j"),
    NULL(count -> null, "NullPointerException"),
    MANY(count -> Setups.suggestions(count + 1), "asked for 1 suggestions, but made 2"),
    OUTSIDE(count -> List.of(Setups.suggestion(7)), "not in the space"),
    SUPERNET(count -> List.of(new Suggestion.ArchitectureGradient(List.of(), 0)), "does not serve");

    final IntFunction<List<Suggestion>> suggest;
    final String reason;

    BadStrategy(IntFunction<List<Suggestion>> suggest, String reason) {
      this.suggest = suggest;
      this.reason = reason;
    }
  }

  @ParameterizedTest
  @EnumSource
  void strategy_breaksItsContract_failsTheStudy(BadStrategy bad) throws Exception {
    setups.strategy = Setups.strategy(bad.suggest);
    start();

    assertThat(ended().state()).isEqualTo(StudyState.FAILED);
    assertThat(ended().reason())
        .startsWith("its strategy 'scripted' failed: ")
        .contains(bad.reason);
  }

  @Test
  void strategy_hangs_studyCanBeStopped() throws Exception {
    var calls = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    setups.strategy =
        Setups.strategy(
            count -> {
              calls.countDown();
              Stubborn.await(never);
              return List.of();
            });
    ActorRef<StudyActor.Command> study = start();
    assertThat(calls.await(10, TimeUnit.SECONDS)).isTrue();

    stop(study, true);

    assertThat(ended().state()).isEqualTo(StudyState.STOPPED);
    assertThat(ended().reason()).isEqualTo("it was stopped by request");
  }

  @Test
  void strategy_failsDuringTheFinalScoring_changesNothing() throws Exception {
    var second = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var calls = new AtomicInteger();
    setups.parallelism = 2;
    setups.budget = Budget.unlimited().withTarget(1);
    setups.strategy =
        Setups.strategy(
            count -> {
              if (calls.incrementAndGet() == 1) {
                return Setups.suggestions(1);
              }
              second.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new IllegalStateException("too late");
            });
    start();
    Job job = offered();
    assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
    complete(job, 0.5);
    Job test = offered();
    assertThat(test.task()).isInstanceOf(Job.Test.class);

    release.countDown();
    complete(test, 0.75);

    assertThat(ended().state()).isEqualTo(StudyState.DONE);
    assertThat(ended().reason()).isEqualTo("the target of 1.0 is reached");
    assertThat(ended().test()).isEqualTo(Metrics.of("loss", 0.75));
  }

  @Test
  void pruner_throwsAnError_failsTheStudyAndAnswers() throws Exception {
    setups.pruner =
        (trial, past, active) -> {
          throw new StackOverflowError();
        };
    start();
    Job job = offered();
    DeviceLease lease = begin(job);
    job.study().tell(measured(lease, 1));

    slot.expectMessage(new EstimatorActor.Answer(lease, Verdict.STOP));
    devices.expectMessageClass(DeviceActor.Withdraw.class);
    finish(job, lease, new SlotResult.Failure("interrupted"));
    assertThat(ended().state()).isEqualTo(StudyState.FAILED);
    assertThat(ended().reason()).startsWith("its pruner failed on trial 1");
  }

  /** A pruner that waits for the test, and obeys no interruption. */
  private static final class SlowPruner implements Pruner {

    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    final List<Long> steps = Collections.synchronizedList(new ArrayList<>());
    private final Verdict verdict;

    SlowPruner(Verdict verdict) {
      this.verdict = verdict;
    }

    @Override
    public Verdict judge(ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {
      steps.add((long) trial.measurements().size());
      asked.countDown();
      Stubborn.await(release);
      return verdict;
    }
  }

  @Test
  void pruner_hangs_studyCanBeStoppedAndTheTrialIsNoResult() throws Exception {
    var pruner = new SlowPruner(Verdict.CONTINUE);
    setups.pruner = pruner;
    ActorRef<StudyActor.Command> study = start();
    Job job = offered();
    DeviceLease lease = begin(job);
    job.study().tell(measured(lease, 1));
    assertThat(pruner.asked.await(10, TimeUnit.SECONDS)).isTrue();

    stop(study, true);
    devices.expectMessageClass(DeviceActor.Withdraw.class);
    slot.expectMessage(new EstimatorActor.Answer(lease, Verdict.STOP));
    finish(job, lease, new SlotResult.Value(Metrics.none())); // it obeyed

    assertThat(ended().state()).isEqualTo(StudyState.STOPPED);
    assertThat(ended().reason()).isEqualTo("it was stopped by request");
    assertThat(ended().stopped()).isEqualTo(1);
    pruner.release.countDown(); // whoever it tells must not mind
  }

  @Test
  void pruner_hangs_trialThatEndsWaitsForItsVerdictUnlessStopped() throws Exception {
    var pruner = new SlowPruner(Verdict.CONTINUE);
    setups.pruner = pruner;
    ActorRef<StudyActor.Command> study = start();
    Job job = offered();
    DeviceLease lease = begin(job);
    job.study().tell(measured(lease, 1));
    assertThat(pruner.asked.await(10, TimeUnit.SECONDS)).isTrue();
    finish(job, lease, new SlotResult.Value(Metrics.of("loss", 1)));
    devices.expectNoMessage(Duration.ofMillis(50));

    stop(study, true);

    assertThat(ended().completed()).isEqualTo(1);
    pruner.release.countDown();
  }

  @Test
  void pruner_stopsATrialThatHasEnded_isPrunedAllTheSame() throws Exception {
    var pruner = new SlowPruner(Verdict.STOP);
    setups.pruner = pruner;
    setups.budget = Budget.trials(1);
    start();
    Job job = offered();
    DeviceLease lease = begin(job);
    job.study().tell(measured(lease, 1));
    finish(job, lease, new SlotResult.Value(Metrics.of("loss", 1)));
    assertThat(pruner.asked.await(10, TimeUnit.SECONDS)).isTrue();

    pruner.release.countDown();

    assertThat(ended().pruned()).isEqualTo(1);
  }

  @Test
  void report_severalAtOnceThenTold_areJudgedInOrderBeforeTheEnd() throws Exception {
    var pruner = new SlowPruner(Verdict.CONTINUE);
    setups.pruner = pruner;
    setups.estimator = null;
    setups.budget = Budget.trials(1);
    ActorRef<StudyActor.Command> study = start();
    var asked = new CompletableFuture<AskedTrial>();
    study.tell(new StudyActor.Ask(asked));
    Attempt attempt = asked.get(10, TimeUnit.SECONDS).attempt();
    var answers = new ArrayList<CompletableFuture<Verdict>>();
    for (long step : new long[] {1, 2, 2}) {
      answers.add(new CompletableFuture<>());
      var measurement = new Measurement(step, Metrics.of("loss", 1), 0);
      study.tell(new StudyActor.Report(attempt, measurement, answers.get(answers.size() - 1)));
    }
    var told = new CompletableFuture<Void>();
    study.tell(new StudyActor.Tell(attempt, Metrics.of("loss", 1), null, told));
    study.tell(new StudyActor.Ask(new CompletableFuture<>())); // there is none, so the study ends
    pruner.release.countDown();

    assertThat(requireBest().measurements()).hasSize(2);
    assertThat(pruner.steps).containsExactly(1L, 2L);
    assertThat(answers.get(1).get(10, TimeUnit.SECONDS)).isEqualTo(Verdict.CONTINUE);
    assertThatThrownBy(() -> answers.get(2).get(10, TimeUnit.SECONDS))
        .hasMessageContaining("steps must ascend");
    told.get(10, TimeUnit.SECONDS);
  }

  @Test
  void ledger_failsWhileAVerdictIsOutstanding_endsTheStudy() throws Exception {
    var pruner = new SlowPruner(Verdict.CONTINUE);
    setups.pruner = pruner;
    setups.parallelism = 2;
    start(playedLedger());
    keep();
    keep();
    Job first = offered();
    Job second = offered();
    DeviceLease lease = begin(first);
    DeviceLease other = begin(second);
    first.study().tell(measured(lease, 1));
    assertThat(pruner.asked.await(10, TimeUnit.SECONDS)).isTrue();
    finish(second, other, new SlotResult.Value(Metrics.of("loss", 1)));
    ledger.receiveMessage().replyTo().tell(new LedgerActor.AppendFailed("disk full"));

    slot.expectMessage(new EstimatorActor.Answer(lease, Verdict.STOP));
    finish(first, lease, new SlotResult.Failure("the study stopped it"));

    assertThat(ended().reason()).isEqualTo("its ledger failed: disk full");
    pruner.release.countDown();
  }

  // Stopping

  @Test
  void wallClock_passes_interruptsAndScores() throws Exception {
    setups.budget = Budget.wallClock(Duration.ofMinutes(10));
    start();
    complete(offered(), 0.5);
    Job running = offered();
    DeviceLease lease = begin(running);

    timers.advance(Duration.ofMinutes(10));

    assertThat(devices.expectMessageClass(DeviceActor.Withdraw.class).interrupt()).isTrue();
    finish(running, lease, new SlotResult.Failure("the study stopped it"));
    Job test = offered();
    assertThat(test.task()).isInstanceOf(Job.Test.class);
    complete(test, 0.6);
    assertThat(ended().state()).isEqualTo(StudyState.DONE);
    assertThat(ended().reason()).isEqualTo("the budget of 600 s is spent");
    assertThat(ended().stopped()).isEqualTo(1);
    assertThat(timers.pending()).isZero();
  }

  @Test
  void wallClock_passesDuringTheFinalScoring_changesNothing() throws Exception {
    setups.budget = Budget.trials(1).withWallClock(Duration.ofMinutes(10));
    start();
    complete(offered(), 0.5);
    Job test = offered();

    timers.advance(Duration.ofMinutes(20));
    complete(test, 0.6);

    assertThat(ended().reason()).isEqualTo("the budget of 1 trials is spent");
    assertThat(ended().test()).isEqualTo(Metrics.of("loss", 0.6));
  }

  @Test
  void stop_hardDuringTheFinalScoring_endsWithoutAScore() throws Exception {
    setups.budget = Budget.trials(1);
    ActorRef<StudyActor.Command> study = start();
    complete(offered(), 0.5);
    Job test = offered();

    stop(study, true);
    devices.expectMessageClass(DeviceActor.Withdraw.class);
    test.study().tell(new StudyActor.Withdrawn(List.of(test.attempt())));

    assertThat(ended().state()).isEqualTo(StudyState.DONE);
    assertThat(ended().completed()).isEqualTo(1);
    assertThat(ended().test()).isEqualTo(Metrics.none());
  }

  @Test
  void test_fails_isNoFailureOfTheStudy() throws Exception {
    setups.budget = Budget.trials(1);
    start();
    complete(offered(), 0.5);
    Job test = offered();
    finish(test, begin(test), new SlotResult.Failure("no test part"));

    assertThat(ended().state()).isEqualTo(StudyState.DONE);
    assertThat(ended().test()).isEqualTo(Metrics.none());
  }

  @Test
  void stop_softThenHard_interruptsOnceAndEndsStopped() throws Exception {
    setups.parallelism = 2;
    setups.budget = Budget.unlimited();
    ActorRef<StudyActor.Command> study = start();
    Job running = offered();
    Job waiting = offered();
    DeviceLease lease = begin(running);

    stop(study, false);
    stop(study, false);
    assertThat(devices.expectMessageClass(DeviceActor.Withdraw.class).interrupt()).isFalse();
    waiting.study().tell(new StudyActor.Withdrawn(List.of(waiting.attempt())));
    stop(study, true);
    stop(study, true);
    assertThat(devices.expectMessageClass(DeviceActor.Withdraw.class).interrupt()).isTrue();
    devices.expectNoMessage(Duration.ofMillis(50));
    finish(running, lease, new SlotResult.Failure("the study stopped it"));

    assertThat(ended().state()).isEqualTo(StudyState.STOPPED);
    assertThat(ended().stopped()).isEqualTo(2);
    assertThat(ended().reason()).isEqualTo("it was stopped by request");
  }

  @Test
  void stop_softAfterTheBudget_takesBackWhatWaits() throws Exception {
    setups.parallelism = 3;
    ActorRef<StudyActor.Command> study = start();
    Job running = offered();
    Job second = offered();
    Job third = offered();
    DeviceLease lease = begin(running);

    stop(study, false);
    devices.expectMessageClass(DeviceActor.Withdraw.class);
    second.study().tell(new StudyActor.Withdrawn(List.of(second.attempt(), third.attempt())));
    finish(running, lease, new SlotResult.Value(Metrics.of("loss", 0.5)));

    assertThat(ended().completed()).isEqualTo(1);
    assertThat(ended().stopped()).isEqualTo(2);
    assertThat(ended().state()).isEqualTo(StudyState.STOPPED);
  }

  // Instructions

  @Test
  void pause_takesBackWhatWaits_andOffersItAgainAfterwards() throws Exception {
    setups.parallelism = 2;
    ActorRef<StudyActor.Command> study = start();
    Job running = offered();
    Job waiting = offered();
    DeviceLease lease = begin(running);

    instruct(study, new Instruction.Pause()).get(10, TimeUnit.SECONDS);
    assertThat(devices.expectMessageClass(DeviceActor.Withdraw.class).interrupt()).isFalse();
    waiting.study().tell(new StudyActor.Withdrawn(List.of(waiting.attempt())));
    finish(running, lease, new SlotResult.Value(Metrics.of("loss", 0.5)));
    devices.expectNoMessage(Duration.ofMillis(50));
    instruct(study, new Instruction.Resume()).get(10, TimeUnit.SECONDS);

    assertThat(offered().attempt()).isEqualTo(waiting.attempt());
    assertThat(offered().attempt().trial().number()).isEqualTo(3);
  }

  @Test
  void pause_retry_waits() throws Exception {
    setups.retries = 1;
    ActorRef<StudyActor.Command> study = start();
    Job running = offered();
    DeviceLease lease = begin(running);
    instruct(study, new Instruction.Pause()).get(10, TimeUnit.SECONDS);
    devices.expectMessageClass(DeviceActor.Withdraw.class);
    study.tell(new StudyActor.Withdrawn(List.of()));

    finish(running, lease, new SlotResult.Failure("threw"));

    devices.expectNoMessage(Duration.ofMillis(50));
    instruct(study, new Instruction.Resume()).get(10, TimeUnit.SECONDS);
    assertThat(offered().attempt()).isEqualTo(running.attempt().next());
  }

  @Test
  void pause_nothingRuns_noTimeIsSpent() throws Exception {
    setups.budget = Budget.wallClock(Duration.ofSeconds(10));
    ActorRef<StudyActor.Command> study = start();
    Job running = offered();
    DeviceLease lease = begin(running);
    timers.advance(Duration.ofSeconds(4));
    instruct(study, new Instruction.Pause()).get(10, TimeUnit.SECONDS);
    devices.expectMessageClass(DeviceActor.Withdraw.class);
    study.tell(new StudyActor.Withdrawn(List.of()));
    timers.advance(Duration.ofSeconds(1));
    finish(running, lease, new SlotResult.Value(Metrics.of("loss", 0.5)));
    var tried = new CompletableFuture<@Nullable AskedTrial>();
    study.tell(new StudyActor.Ask(tried)); // refused when all before it is done
    assertThat(tried.handle((trial, refusal) -> refusal != null).get(10, TimeUnit.SECONDS))
        .isTrue();
    instruct(study, new Instruction.Parallelism(1)).get(10, TimeUnit.SECONDS);
    timers.advance(Duration.ofSeconds(1000));
    devices.expectNoMessage(Duration.ofMillis(50));

    instruct(study, new Instruction.Resume()).get(10, TimeUnit.SECONDS);
    Job second = offered();
    DeviceLease held = begin(second);
    timers.advance(Duration.ofSeconds(5));
    devices.expectMessageClass(DeviceActor.Withdraw.class);
    finish(second, held, new SlotResult.Failure("the study stopped it"));
    complete(offered(), 0.5); // the score

    assertThat(ended().seconds()).isEqualTo(10);
    assertThat(ended().reason()).isEqualTo("the budget of 10 s is spent");
  }

  @Test
  void pause_thenStop_endsWhatWasKeptBack() throws Exception {
    setups.parallelism = 2;
    ActorRef<StudyActor.Command> study = start();
    Job first = offered();
    Job second = offered();
    instruct(study, new Instruction.Pause()).get(10, TimeUnit.SECONDS);
    devices.expectMessageClass(DeviceActor.Withdraw.class);
    study.tell(new StudyActor.Withdrawn(List.of(first.attempt(), second.attempt())));

    stop(study, false);

    devices.expectMessageClass(DeviceActor.Withdraw.class);
    assertThat(ended().stopped()).isEqualTo(2);
    assertThat(ended().state()).isEqualTo(StudyState.STOPPED);
  }

  @Test
  void instruct_onlyWhenOnRecord_isAnsweredAndActedUpon() {
    ActorRef<StudyActor.Command> study = start(playedLedger());
    keep();
    keep();
    offered();

    CompletableFuture<@Nullable Void> answer = instruct(study, new Instruction.Pause());
    LedgerActor.Append append = ledger.receiveMessage();
    devices.expectNoMessage(Duration.ofMillis(50));
    assertThat(answer).isNotDone();
    append.replyTo().tell(new LedgerActor.Appended(4));

    devices.expectMessageClass(DeviceActor.Withdraw.class);
    assertThat(append.events())
        .containsExactly(
            new StudyEvent.StudyInstructed(
                "test", timers.now(), new Instruction.Pause(), "a test", null));
    answer.join();
  }

  @Test
  void instruct_sameRequestAgain_isAnsweredAndDoneOnce() throws Exception {
    ActorRef<StudyActor.Command> study = start(playedLedger());
    keep();
    keep();
    offered();
    var instruction = new Instruction.Enqueue(Configuration.of(Map.of("x", 0.25)));
    for (int i = 0; i < 2; i++) {
      var answer = new CompletableFuture<@Nullable Void>();
      study.tell(new StudyActor.Instruct(instruction, "a test", 3L, answer));
      if (i == 0) {
        assertThat(keep()).hasSize(1);
      }
      answer.get(10, TimeUnit.SECONDS);
    }

    ledger.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void instruct_whileEnding_isRefusedButForAStop() throws Exception {
    setups.budget = Budget.trials(1);
    ActorRef<StudyActor.Command> study = start();
    complete(offered(), 0.5);
    Job test = offered();

    assertThat(instruct(study, new Instruction.Extend(Budget.trials(2))))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(IllegalStateException.class)
        .withMessageContaining("Study 'test': it is ending.");
    finish(test, begin(test), new SlotResult.Value(Metrics.none()));
    assertThat(ended().completed()).isEqualTo(1);
  }

  @Test
  void extend_whileTheLastTrialsRun_goesOn() throws Exception {
    setups.budget = Budget.trials(1);
    setups.parallelism = 2;
    ActorRef<StudyActor.Command> study = start();
    Job first = offered();

    instruct(study, new Instruction.Extend(Budget.trials(2))).get(10, TimeUnit.SECONDS);

    complete(offered(), 0.5);
    complete(first, 0.25);
    complete(offered(), 0.25); // the score
    assertThat(ended().completed()).isEqualTo(2);
    assertThat(ended().reason()).isEqualTo("the budget of 2 trials is spent");
  }

  /** The strategy answers a question that it will not be asked again. */
  @Test
  void extend_answerThatCameAfterTheEnd_isTakenUp() throws Exception {
    setups.budget = Budget.unlimited().withTarget(0.5);
    setups.parallelism = 3;
    var third = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var calls = new AtomicInteger();
    setups.strategy =
        Setups.strategy(
            count -> {
              if (calls.incrementAndGet() == 1) {
                return Setups.suggestions(2);
              }
              third.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Setups.suggestions(1);
            });
    ActorRef<StudyActor.Command> study = start();
    complete(offered(), 0.4);
    offered();
    assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
    instruct(study, new Instruction.Parallelism(3)).get(10, TimeUnit.SECONDS); // it has ended
    release.countDown();
    devices.expectNoMessage(Duration.ofMillis(50));

    instruct(study, new Instruction.Extend(Budget.unlimited().withTarget(0.3)))
        .get(10, TimeUnit.SECONDS);

    assertThat(offered().attempt().trial().number()).isEqualTo(3);
  }

  @Test
  void parallelism_more_fillsThePlacesAtOnce() throws Exception {
    ActorRef<StudyActor.Command> study = start();
    offered();

    instruct(study, new Instruction.Parallelism(3)).get(10, TimeUnit.SECONDS);

    assertThat(offered().attempt().trial().number()).isEqualTo(2);
    assertThat(offered().attempt().trial().number()).isEqualTo(3);
  }

  @Test
  void enqueue_candidate_takesTheNextPlaceBeforeTheStrategy() throws Exception {
    setups.budget = Budget.trials(3);
    ActorRef<StudyActor.Command> study = start();
    Job first = offered();
    instruct(study, new Instruction.Enqueue(Configuration.of(Map.of("x", 0.25))))
        .get(10, TimeUnit.SECONDS);

    complete(first, 1);

    Job queued = offered();
    assertThat(queued.attempt().trial().number()).isEqualTo(2);
    assertThat(((Job.Evaluate) queued.task()).suggestion().unexplained())
        .isEqualTo(Setups.suggestion(0.25));
    complete(queued, 2);
    assertThat(offered().task()).isEqualTo(new Job.Evaluate(Setups.suggestion(0.5)));
  }

  @Test
  void devices_stop_failsTheStudy() throws Exception {
    start();
    begin(offered());

    devices.stop();

    assertThat(ended().reason()).isEqualTo("its devices stopped");
  }

  // Callers

  @Test
  void ask_twoCallersForTheLastTrial_oneGetsItAndOneLearnsTheEnd() throws Exception {
    setups.estimator = null;
    setups.budget = Budget.trials(1);
    ActorRef<StudyActor.Command> study = start(playedLedger());
    keep();
    var first = new CompletableFuture<AskedTrial>();
    var second = new CompletableFuture<AskedTrial>();
    study.tell(new StudyActor.Ask(first));
    study.tell(new StudyActor.Ask(second));

    assertThat(second.get(10, TimeUnit.SECONDS)).isNull();
    keep();
    AskedTrial trial = first.get(10, TimeUnit.SECONDS);

    assertThat(trial).isNotNull();
    var told = new CompletableFuture<Void>();
    var toldAgain = new CompletableFuture<Void>();
    study.tell(new StudyActor.Tell(trial.attempt(), Metrics.of("loss", 1), null, told));
    study.tell(new StudyActor.Tell(trial.attempt(), Metrics.of("loss", 2), null, toldAgain));
    assertThatThrownBy(() -> toldAgain.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("Maybe it was told already");
    assertThat(told).isNotDone();
    keep();
    told.get(10, TimeUnit.SECONDS);
    keep();
    assertThat(ended().completed()).isEqualTo(1);
  }

  @Test
  void report_stepsDoNotAscend_isRefused() throws Exception {
    setups.estimator = null;
    ActorRef<StudyActor.Command> study = start();
    var asked = new CompletableFuture<AskedTrial>();
    study.tell(new StudyActor.Ask(asked));
    Attempt attempt = asked.get(10, TimeUnit.SECONDS).attempt();
    BiFunction<Long, CompletableFuture<Verdict>, StudyActor.Report> report =
        (step, answer) ->
            new StudyActor.Report(attempt, new Measurement(step, Metrics.of("loss", 1), 0), answer);
    var fine = new CompletableFuture<Verdict>();
    var refused = new CompletableFuture<Verdict>();

    study.tell(report.apply(2L, fine));
    study.tell(report.apply(2L, refused));

    assertThat(fine.get(10, TimeUnit.SECONDS)).isEqualTo(Verdict.CONTINUE);
    assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("steps must ascend, but 2 came after 2");
  }

  @Test
  void stop_hardWithAnAskedTrial_stopsIt() throws Exception {
    setups.estimator = null;
    ActorRef<StudyActor.Command> study = start(playedLedger());
    keep();
    var asked = new CompletableFuture<AskedTrial>();
    var waiting = new CompletableFuture<AskedTrial>();
    study.tell(new StudyActor.Ask(asked));
    keep();
    asked.get(10, TimeUnit.SECONDS);
    stop(study, true);
    study.tell(new StudyActor.Ask(waiting));
    keep();

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isNull();
    keep();
    keep();
    assertThat(ended().stopped()).isEqualTo(1);
  }
}
