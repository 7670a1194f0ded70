package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.Configuration;
import dev.troupe.study.Attempt;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that are taken into new books. */
class StudyRecoveryTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Setups setups = new Setups();
  private final List<StudyEvent> facts = new ArrayList<>();
  private StudyBooks books = new StudyBooks(setups.build());

  @BeforeEach
  void begin() {
    facts.add(started(Map.of()));
  }

  private StudyEvent started(Map<String, String> definition) {
    return new StudyEvent.StudyStarted(
        "test",
        BEGIN,
        List.of(Objective.minimize("loss")),
        "scripted",
        1,
        2,
        setups.budget,
        definition);
  }

  private static Instant after(long seconds) {
    return BEGIN.plusSeconds(seconds);
  }

  private void suggest(int... numbers) {
    facts.add(
        new StudyEvent.StrategyAsked(
            "test", List.of(), Map.of(), numbers.length, numbers.length, 0.1));
    for (int number : numbers) {
      facts.add(new StudyEvent.TrialSuggested("test", TrialId.of(number), Setups.suggestion(0.5)));
    }
  }

  private void end(int number, Outcome outcome, double deviceSeconds, Instant at) {
    facts.add(
        new StudyEvent.TrialEnded(
            "test",
            at,
            new EndedTrial(
                TrialId.of(number), Setups.suggestion(0.5), List.of(), outcome, deviceSeconds)));
  }

  private void complete(int number, double deviceSeconds, Instant at) {
    end(number, new Outcome.Completed(Metrics.of("loss", number)), deviceSeconds, at);
  }

  private StudyRecovery recover() {
    books = new StudyBooks(setups.build());
    return StudyRecovery.of(setups.build(), books, new LedgerActor.Facts(facts));
  }

  private static Attempt attempt(int trial, int number) {
    return new Attempt(TrialId.of(trial), number);
  }

  @Test
  void of_someEnded_countsThemAndLeavesTheOthersOpen() {
    suggest(1, 2);
    complete(1, 4, after(5));

    recover();

    assertThat(books.count(TrialState.COMPLETED)).isEqualTo(1);
    assertThat(books.activeCount()).isEqualTo(1);
    assertThat(books.incumbents().best().id()).isEqualTo(TrialId.of(1));
    StrategyCall next = books.nextCall(1);
    assertThat(next.told()).extracting(EndedTrial::id).containsExactly(TrialId.of(1));
    assertThat(next.count()).isEqualTo(1);
  }

  @Test
  void spending_severalRuns_addsWhatIsKnown() {
    suggest(1, 2);
    facts.add(new StudyEvent.AttemptFailed("test", attempt(1, 1), "threw", 3));
    complete(1, 7, after(10));
    facts.add(new StudyEvent.StudyResumed("test", after(100), 2, setups.budget));
    facts.add(new StudyEvent.AttemptFailed("test", attempt(2, 1), "its process ended", 1, true));
    complete(2, 3, after(105));

    Spending spending = recover().open().spending();

    assertThat(spending.seconds()).isEqualTo(15);
    assertThat(spending.placeSeconds()).isEqualTo(30);
    assertThat(spending.deviceSeconds()).isEqualTo(10);
    assertThat(spending.gpuSeconds()).isZero();
  }

  @Test
  void spending_clockSetBack_neverRunsBackwards() {
    suggest(1, 2);
    complete(1, 1, after(10));
    complete(2, 1, after(-50));

    assertThat(recover().open().spending().seconds()).isEqualTo(10);
  }

  @Test
  void spending_attemptOnAGpu_countsAsGpuTime() {
    suggest(1);
    facts.add(new StudyEvent.AttemptStarted("test", attempt(1, 1), "cuda-0"));
    complete(1, 6, after(10));

    assertThat(recover().open().spending().gpuSeconds()).isEqualTo(6);
  }

  @Test
  void interruptedSeconds_ofARunningTrial_isWhatItsMeasurementsTell() {
    suggest(1, 2);
    var measurement = new Measurement(1, Metrics.of("loss", 1), 2.5);
    facts.add(new StudyEvent.Measured("test", attempt(1, 1), measurement, Verdict.CONTINUE));

    StudyRecovery recovery = recover();

    List<RunningTrial> open = List.copyOf(books.active());
    assertThat(recovery.interruptedSeconds(open.get(0))).isEqualTo(2.5);
    assertThat(recovery.interruptedSeconds(open.get(1))).isZero();
  }

  @Test
  void of_lostAttempt_leavesItsRetry() {
    setups.retries = 1;
    suggest(1);
    facts.add(new StudyEvent.AttemptFailed("test", attempt(1, 1), "its process ended", 0, true));

    recover();

    RunningTrial trial = books.active().iterator().next();
    assertThat(trial.attempt()).isEqualTo(attempt(1, 2));
    assertThat(books.mayRetry(trial)).isTrue();
  }

  @Test
  void of_failedAttempt_hasUsedItsRetry() {
    setups.retries = 1;
    suggest(1);
    facts.add(new StudyEvent.AttemptFailed("test", attempt(1, 1), "threw", 0));

    recover();

    assertThat(books.mayRetry(books.active().iterator().next())).isFalse();
  }

  @Test
  void finalEnd_sameBudget_isTheRecordedEnd() {
    suggest(1, 2);
    complete(1, 1, after(1));
    end(2, new Outcome.Stopped(), 5, after(2));
    facts.add(new StudyEvent.StudyEnded("test", after(3), StudyState.DONE, "it was enough"));

    StudyRecovery recovery = recover();
    StudyEvent.StudyEnded end = recovery.finalEnd();
    recovery.leaveEnded(end);

    assertThat(end.reason()).isEqualTo("it was enough");
    assertThat(books.endReason()).isEqualTo("it was enough");
    assertThat(books.count(TrialState.STOPPED)).isEqualTo(1);
    assertThat(recovery.open().spending().deviceSeconds()).isEqualTo(6);
  }

  @Test
  void finalEnd_largerBudgetOrNoProperEnd_isNone() {
    suggest(1);
    complete(1, 1, after(1));
    facts.add(new StudyEvent.StudyEnded("test", after(3), StudyState.DONE, "it was enough"));
    setups.budget = Budget.trials(4);
    assertThat(recover().finalEnd()).isNull();

    setups.budget = Budget.trials(3);
    facts.set(
        facts.size() - 1,
        new StudyEvent.StudyEnded("test", after(3), StudyState.STOPPED, "it was stopped"));
    assertThat(recover().finalEnd()).isNull();
  }

  @Test
  void of_brokenRecord_isRefusedWithThePlace() {
    suggest(1);
    complete(2, 1, after(1));

    assertThatThrownBy(this::recover)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Study 'test': its record cannot be gone on from: at fact 4")
        .hasMessageContaining("trial 2 is not running by then")
        .hasMessageContaining("--fresh");
  }

  @Test
  void of_turnWithoutItsSuggestions_isRefused() {
    suggest(1, 2);
    facts.remove(facts.size() - 1);

    assertThatThrownBy(this::recover)
        .hasMessageContaining("at fact 2, 2 suggestions should follow, but there are 1");
  }

  @Test
  void of_recordWithoutItsBeginning_isRefused() {
    facts.clear();
    suggest(1);

    assertThatThrownBy(this::recover)
        .hasMessageContaining("it does not begin with the study's beginning");
  }

  @Test
  void requireSame_otherOrderOfTheSameLines_saysSo() {
    assertThatThrownBy(
            () ->
                Definitions.requireSame(
                    "test", Map.of("space", "x: 1\ny: 2"), Map.of("space", "y: 2\nx: 1")))
        .hasMessageContaining("its space is in another order");
  }

  @Test
  void requireSame_whatOnlyOneDefines_isNotHeldAgainstIt() {
    Definitions.requireSame("test", Map.of("estimator", "table"), Map.of("space", "x: 1"));
  }

  private void instruct(Instruction instruction, Instant at) {
    facts.add(new StudyEvent.StudyInstructed("test", at, instruction));
  }

  @Test
  void of_candidateOfSomebodyElse_isTakenFromTheQueue() {
    instruct(new Instruction.Enqueue(Configuration.of(Map.of("x", 0.25))), after(1));
    instruct(new Instruction.Enqueue(Configuration.of(Map.of("x", 0.75))), after(1));
    facts.add(new StudyEvent.TrialSuggested("test", TrialId.of(1), Setups.suggestion(0.25)));
    suggest(2);

    recover();

    assertThat(books.activeCount()).isEqualTo(2);
    assertThat(books.nextQueued(1).suggestion().unexplained()).isEqualTo(Setups.suggestion(0.75));
  }

  @Test
  void of_trialThatNobodySuggested_isRefused() {
    suggest(1);
    facts.add(new StudyEvent.TrialSuggested("test", TrialId.of(2), Setups.suggestion(0.25)));

    assertThatThrownBy(this::recover)
        .hasMessageContaining("at fact 4, trial 2 was suggested by nobody");
  }

  @Test
  void finalEnd_extendedAfterwards_isNoneWithTheSameBudget() {
    suggest(1);
    complete(1, 1, after(1));
    facts.add(new StudyEvent.StudyEnded("test", after(3), StudyState.DONE, "it was enough"));
    instruct(new Instruction.Extend(Budget.trials(8)), after(9));

    assertThat(recover().finalEnd()).isNull();
    assertThat(books.instructions().budget()).isEqualTo(Budget.trials(8));
  }

  @Test
  void finalEnd_extendedBefore_isTheRecordedEnd() {
    suggest(1);
    instruct(new Instruction.Extend(Budget.trials(8)), after(1));
    complete(1, 1, after(1));
    facts.add(new StudyEvent.StudyEnded("test", after(3), StudyState.DONE, "it was enough"));

    assertThat(recover().finalEnd()).isNotNull();
    setups.budget = Budget.trials(9);
    assertThat(recover().finalEnd()).isNull();
  }

  @Test
  void spending_whilePaused_doesNotCount() {
    suggest(1, 2);
    instruct(new Instruction.Pause(), after(5));
    complete(1, 1, after(10));
    instruct(new Instruction.Resume(), after(1000));
    complete(2, 1, after(1003));

    Spending spending = recover().open().spending();

    assertThat(spending.seconds()).isEqualTo(13);
    assertThat(spending.last()).isEqualTo(after(1003));
    assertThat(books.instructions().isPaused()).isFalse();
  }
}
