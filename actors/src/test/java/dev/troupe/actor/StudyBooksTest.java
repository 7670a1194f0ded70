package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.Configuration;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Order;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is told what and when, without an actor. */
class StudyBooksTest {

  private final Setups setups = new Setups();
  private final Map<Long, RunningTrial> trials = new HashMap<>();

  private StudyBooks books() {
    return new StudyBooks(setups.build());
  }

  private StrategyCall suggest(StudyBooks books, int places, int made) {
    StrategyCall call = books.nextCall(places);
    assertThat(call).isNotNull();
    books
        .suggested(call, Setups.suggestions(made))
        .forEach(trial -> trials.put(trial.id().number(), trial));
    return call;
  }

  private boolean complete(StudyBooks books, long number, double loss) {
    return end(books, number, new Outcome.Completed(Metrics.of("loss", loss)));
  }

  private boolean end(StudyBooks books, long number, Outcome outcome) {
    return books.ended(trials.get(number).end(outcome, 0));
  }

  private static List<Long> told(StrategyCall call) {
    return call.told().stream().map(trial -> trial.id().number()).toList();
  }

  private static List<Long> active(StrategyCall call) {
    return call.active().stream().map(trial -> trial.id().number()).toList();
  }

  @Test
  void arrival_tellsEachEndOnceInTheOrderOfArrival() {
    setups.budget = Budget.trials(6);
    StudyBooks books = books();
    assertThat(suggest(books, 3, 3).count()).isEqualTo(3);
    assertThat(books.nextCall(0)).isNull();
    complete(books, 3, 1);
    complete(books, 1, 2);

    StrategyCall second = suggest(books, 2, 2);
    assertThat(told(second)).containsExactly(3L, 1L);
    assertThat(active(second)).containsExactly(2L);
    complete(books, 2, 2);

    StrategyCall third = suggest(books, 9, 1);
    assertThat(told(third)).containsExactly(2L);
    assertThat(third.count()).as("what the budget leaves").isEqualTo(1);
    assertThat(books.nextCall(1)).isNull();
    assertThat(books.endReason()).isEqualTo("the budget of 6 trials is spent");
    assertThat(books.isOver()).isFalse();
  }

  @Test
  void arrival_oneCallAtATime() {
    StudyBooks books = books();
    assertThat(books.nextCall(1)).isNotNull();
    assertThat(books.nextCall(1)).isNull();
  }

  @Test
  void arrival_emptyAnswer_waitsForNewsThenAsksAgain() {
    StudyBooks books = books();
    suggest(books, 2, 1);
    suggest(books, 1, 0);
    assertThat(books.nextCall(1)).isNull();
    assertThat(books.isEnding()).isFalse();

    complete(books, 1, 1);

    assertThat(told(suggest(books, 2, 0))).containsExactly(1L);
    assertThat(books.endReason()).isEqualTo("the strategy has nothing left to suggest");
    assertThat(books.isOver()).isTrue();
  }

  @Test
  void logical_tellsInTheOrderOfNumbersBehindTheLookahead() {
    setups.order = Order.LOGICAL;
    setups.lookahead = 2;
    setups.budget = Budget.trials(10);
    StudyBooks books = books();
    assertThat(told(suggest(books, 8, 1))).isEmpty();
    assertThat(told(suggest(books, 8, 1))).isEmpty();
    assertThat(books.nextCall(8)).as("trial 3 must see trial 1").isNull();
    complete(books, 2, 1);
    assertThat(books.nextCall(8)).isNull();
    complete(books, 1, 2);

    StrategyCall third = suggest(books, 8, 1);
    assertThat(third.count()).isEqualTo(1);
    assertThat(told(third)).containsExactly(1L);
    assertThat(active(third)).as("2 has ended, but is not known to have").containsExactly(2L);
    StrategyCall fourth = suggest(books, 8, 1);
    assertThat(told(fourth)).containsExactly(2L);
    assertThat(active(fourth)).containsExactly(3L);
  }

  @Test
  void logical_pendingTrials_showNoMeasurements() {
    setups.order = Order.LOGICAL;
    setups.lookahead = 3;
    StudyBooks books = books();
    suggest(books, 8, 1);
    books.measured(trials.get(1L), new Measurement(1, Metrics.of("loss", 1), 0));

    assertThat(suggest(books, 8, 1).active())
        .extracting(ActiveTrial::measurements)
        .containsExactly(List.of());
  }

  @Test
  void logical_emptyAnswer_tellsTheNextNumberOnly() {
    setups.order = Order.LOGICAL;
    setups.lookahead = 4;
    setups.budget = Budget.unlimited();
    StudyBooks books = books();
    suggest(books, 8, 1);
    suggest(books, 8, 1);
    suggest(books, 8, 0);
    complete(books, 2, 1);
    assertThat(books.nextCall(8)).isNull();
    complete(books, 1, 1);

    StrategyCall news = suggest(books, 8, 0);
    assertThat(told(news)).containsExactly(1L);
    assertThat(active(news)).containsExactly(2L);
    assertThat(told(suggest(books, 8, 0))).containsExactly(2L);
    assertThat(books.endReason()).isEqualTo("the strategy has nothing left to suggest");
  }

  @Test
  void logical_budgets_countWhatWasToldOnly() {
    setups.order = Order.LOGICAL;
    setups.lookahead = 3;
    setups.budget = Budget.unlimited().withTarget(0.5);
    StudyBooks books = books();
    suggest(books, 8, 1);
    suggest(books, 8, 1);
    suggest(books, 8, 1);
    complete(books, 3, 0.1);
    complete(books, 2, 0.1);
    assertThat(books.isEnding()).isFalse();
    complete(books, 1, 1);
    suggest(books, 8, 1);

    assertThat(books.isEnding()).isFalse();
    assertThat(books.nextCall(8)).isNull();
    assertThat(books.endReason()).isEqualTo("the target of 0.5 is reached");
  }

  @Test
  void logical_verdicts_seeTheTrialsBehindTheLookahead() {
    setups.order = Order.LOGICAL;
    setups.lookahead = 2;
    setups.budget = Budget.unlimited();
    setups.pruner = (trial, past, active) -> Verdict.CONTINUE;
    StudyBooks books = books();
    suggest(books, 8, 1);
    suggest(books, 8, 1);
    complete(books, 1, 1);
    complete(books, 2, 1);
    suggest(books, 8, 1);
    suggest(books, 8, 1);

    assertThat(seen(measure(books, 4))).containsExactly(1L, 2L);
    assertThat(seen(measure(books, 3))).containsExactly(1L);
  }

  private PrunerCall measure(StudyBooks books, long number) {
    PrunerCall call = books.measured(trials.get(number), new Measurement(1, Metrics.none(), 0));
    assertThat(call).isNotNull();
    assertThat(call.active().isEmpty()).isEqualTo(setups.order == Order.LOGICAL);
    return call;
  }

  private static List<Long> seen(PrunerCall call) {
    return call.ended().stream().map(ended -> ended.id().number()).toList();
  }

  @Test
  void arrival_question_doesNotChangeAnyMore() {
    setups.budget = Budget.unlimited();
    setups.pruner = (trial, past, active) -> Verdict.CONTINUE;
    StudyBooks books = books();
    suggest(books, 3, 3);
    complete(books, 3, 1);
    PrunerCall call = measure(books, 2);

    complete(books, 1, 1);
    books.measured(trials.get(2L), new Measurement(2, Metrics.none(), 0));

    assertThat(seen(call)).containsExactly(3L);
    assertThat(call.trial().measurements()).hasSize(1);
    assertThat(call.active()).extracting(trial -> trial.id().number()).containsExactly(1L);
  }

  @Test
  void measured_prunedOrInterrupted_asksNobody() {
    setups.pruner = (trial, past, active) -> Verdict.CONTINUE;
    StudyBooks books = books();
    suggest(books, 2, 2);
    books.judged(trials.get(1L), Verdict.STOP);
    assertThat(books.measured(trials.get(1L), new Measurement(1, Metrics.none(), 0))).isNull();
    books.stop(StudyState.STOPPED, "hard", true);

    assertThat(books.measured(trials.get(2L), new Measurement(1, Metrics.none(), 0))).isNull();
  }

  @Test
  void noImprovement_countsAllThatBroughtNone() {
    setups.budget = Budget.unlimited().withNoImprovement(2);
    StudyBooks books = books();
    suggest(books, 4, 4);
    assertThat(complete(books, 1, 1)).isTrue();
    assertThat(complete(books, 2, 1)).as("a tie").isFalse();
    assertThat(books.isEnding()).isFalse();
    end(books, 3, new Outcome.Failed("no"));

    assertThat(books.endReason()).isEqualTo("2 trials in a row brought no improvement");
    assertThat(books.count(TrialState.FAILED)).isEqualTo(1);
  }

  @Test
  void outcome_prunedMissingAndInfinite() {
    setups.pruner = (trial, past, active) -> Verdict.STOP;
    StudyBooks books = books();
    suggest(books, 3, 3);
    RunningTrial pruned = trials.get(1L);
    books.measured(pruned, new Measurement(1, Metrics.of("loss", 3), 0));
    books.judged(pruned, Verdict.STOP);

    assertThat(books.outcome(pruned, Metrics.of("loss", 1)))
        .isEqualTo(new Outcome.Pruned(Metrics.of("loss", 3)));
    assertThat(books.outcome(trials.get(2L), Metrics.of("los", 1)))
        .isInstanceOf(Outcome.Failed.class);
    assertThat(books.outcome(trials.get(2L), Metrics.of("loss", Double.NaN)))
        .isInstanceOf(Outcome.Failed.class);
    assertThat(books.outcome(trials.get(2L), Metrics.none())).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void stop_reasonsAndStates() {
    StudyBooks books = books();
    assertThat(books.stop(StudyState.STOPPED, "soft", false)).isTrue();
    assertThat(books.stop(StudyState.STOPPED, "again", false)).isFalse();
    assertThat(books.stop(StudyState.DONE, "time", true)).isTrue();
    assertThat(books.endReason()).isEqualTo("soft");
    assertThat(books.stop(StudyState.FAILED, "broken", true)).isFalse();
    assertThat(books.stop(StudyState.STOPPED, "late", true)).isFalse();
    assertThat(books.endReason()).isEqualTo("broken");
    assertThat(books.state()).isEqualTo(StudyState.FAILED);
  }

  @Test
  void current_attemptBefore_isNobody() {
    StudyBooks books = books();
    suggest(books, 1, 1);
    RunningTrial trial = trials.get(1L);
    var first = trial.attempt();
    trial.retry(new StudyEvent.AttemptFailed("study", trial.attempt(), "gone", 2));

    assertThat(books.current(first)).isNull();
    assertThat(books.current(trial.attempt())).isSameAs(trial);
    EndedTrial ended = trial.end(new Outcome.Stopped(), 3);
    assertThat(ended.deviceSeconds()).isEqualTo(5);
  }

  // Candidates that somebody else wants evaluated

  private static void instruct(StudyBooks books, Instruction instruction) {
    books.instructed(new StudyEvent.StudyInstructed("test", Instant.EPOCH, instruction));
  }

  private static void enqueue(StudyBooks books, double x) {
    instruct(books, new Instruction.Enqueue(Configuration.of(Map.of("x", x))));
  }

  private RunningTrial queued(StudyBooks books, int places) {
    RunningTrial trial = books.nextQueued(places);
    if (trial != null) {
      trials.put(trial.id().number(), trial);
    }
    return trial;
  }

  @Test
  void nextQueued_placesAndBudget_areThoseOfAllTrials() {
    setups.budget = Budget.trials(2);
    StudyBooks books = books();
    for (int i = 1; i <= 3; i++) {
      enqueue(books, i / 10.0);
    }

    assertThat(queued(books, 0)).isNull();
    Suggestion first = queued(books, 2).suggestion();
    assertThat(first.unexplained()).isEqualTo(Setups.suggestion(0.1));
    assertThat(((Suggestion.Evaluate) first).explanation())
        .isEqualTo(Explanation.of("It was enqueued by the user."));
    assertThat(queued(books, 1).id().number()).isEqualTo(2);
    assertThat(queued(books, 1)).as("the budget is spent").isNull();
    assertThat(books.instructions().waiting()).isEqualTo(1);
  }

  @Test
  void nextQueued_whileTheStrategyIsAsked_waits() {
    StudyBooks books = books();
    StrategyCall call = books.nextCall(1);
    enqueue(books, 0.1);

    assertThat(queued(books, 2)).isNull();
    books.suggested(call, Setups.suggestions(1));
    assertThat(queued(books, 1).id().number()).isEqualTo(2);
    assertThat(active(books.nextCall(1))).containsExactly(1L, 2L);
  }

  @Test
  void nextQueued_logical_waitsForWhatItMayKnowAndMovesTheVerdictsOn() {
    setups.order = Order.LOGICAL;
    setups.lookahead = 1;
    setups.budget = Budget.trials(9).withTarget(0.5);
    setups.pruner = (trial, ended, active) -> Verdict.CONTINUE;
    StudyBooks books = books();
    suggest(books, 8, 1);
    enqueue(books, 0.1);
    enqueue(books, 0.2);
    assertThat(queued(books, 8)).as("trial 2 must see trial 1").isNull();
    complete(books, 1, 3);

    RunningTrial second = queued(books, 8);

    var measurement = new Measurement(1, Metrics.of("loss", 1), 0);
    assertThat(books.measured(second, measurement).ended())
        .extracting(trial -> trial.id().number())
        .containsExactly(1L);
    assertThat(queued(books, 8)).isNull();
    complete(books, 2, 0.4);
    RunningTrial third = queued(books, 8);
    assertThat(third.id().number()).isEqualTo(3);
    assertThat(books.endReason()).isEqualTo("the target of 0.5 is reached");
    assertThat(books.nextCall(8)).isNull();
  }

  @Test
  void nextQueued_logical_theStrategyLearnsOfAllInOrder() {
    setups.order = Order.LOGICAL;
    setups.lookahead = 1;
    setups.budget = Budget.trials(9);
    StudyBooks books = books();
    suggest(books, 8, 1);
    complete(books, 1, 3);
    enqueue(books, 0.1);
    queued(books, 8);
    complete(books, 2, 2);

    assertThat(told(suggest(books, 8, 1))).containsExactly(1L, 2L);
  }

  @Test
  void extend_endingStudy_goesOnIfNothingElseEndsIt() {
    setups.budget = Budget.trials(1).withNoImprovement(1);
    StudyBooks books = books();
    suggest(books, 1, 1);
    assertThat(books.nextCall(1)).isNull();
    assertThat(books.isEnding()).isTrue();

    instruct(books, new Instruction.Extend(Budget.trials(5)));
    assertThat(books.isEnding()).isFalse();
    suggest(books, 1, 1);
    complete(books, 1, 3);
    complete(books, 2, 4);
    assertThat(books.endReason()).isEqualTo("1 trials in a row brought no improvement");
    instruct(books, new Instruction.Extend(Budget.trials(6)));
    assertThat(books.endReason()).isEqualTo("1 trials in a row brought no improvement");
  }

  @Test
  void enqueue_strategyHasNothingLeft_candidateIsEvaluatedAllTheSame() {
    setups.budget = Budget.trials(9);
    StudyBooks books = books();
    suggest(books, 1, 0);
    assertThat(books.isOver()).isTrue();

    enqueue(books, 0.1);

    assertThat(books.nextCall(1)).isNull();
    assertThat(queued(books, 1)).isNotNull();
    complete(books, 1, 1);
    suggest(books, 1, 0);
    assertThat(books.endReason()).isEqualTo("the strategy has nothing left to suggest");
  }
}
