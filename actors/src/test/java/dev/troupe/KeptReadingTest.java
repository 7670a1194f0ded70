package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.Configuration;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import dev.troupe.study.WeightSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeptReadingTest {

  private final List<KeptTrial> trials = new ArrayList<>();
  private final KeptReading reading = new KeptReading("s", Long.MAX_VALUE, trials::add);

  private static StudyEvent suggested(long trial) {
    return new StudyEvent.TrialSuggested("s", TrialId.of(trial), suggestion(trial));
  }

  private static Suggestion suggestion(long trial) {
    return Suggestion.evaluate(Configuration.empty().with("n", trial));
  }

  private static StudyEvent ended(long trial, Outcome outcome) {
    return new StudyEvent.TrialEnded(
        "s",
        Instant.ofEpochSecond(trial),
        new EndedTrial(TrialId.of(trial), suggestion(trial), List.of(), outcome, 1));
  }

  private static Outcome completed(double loss) {
    return new Outcome.Completed(Metrics.of("loss", loss));
  }

  private static StudyEvent measured(Attempt attempt, long step) {
    return new StudyEvent.Measured(
        "s", attempt, new Measurement(step, Metrics.of("loss", step), step), Verdict.CONTINUE);
  }

  private List<Long> numbers() {
    return trials.stream().map(trial -> trial.id().number()).toList();
  }

  @Test
  void accept_trialsThatEndInAnyOrder_comeInOrderAsSoonAsTheyCan() {
    List.of(suggested(1), suggested(2), suggested(3)).forEach(reading);

    reading.accept(ended(2, completed(2)));
    assertThat(numbers()).isEmpty();
    reading.accept(ended(1, completed(1)));
    assertThat(numbers()).containsExactly(1L, 2L);
    KeptSummary summary = reading.finish(List.of());

    assertThat(numbers()).containsExactly(1L, 2L, 3L);
    assertThat(trials.get(2).state()).isEqualTo(TrialState.RUNNING);
    assertThat(trials.get(1).ended()).isEqualTo(Instant.ofEpochSecond(2));
    assertThat(summary.counts())
        .containsOnlyKeys(TrialState.RUNNING, TrialState.COMPLETED)
        .containsEntry(TrialState.COMPLETED, 2L);
    assertThat(summary.deviceSeconds()).isEqualTo(2);
    assertThat(summary.facts()).isEqualTo(5);
    assertThat(summary.state()).isEqualTo(StudyState.RUNNING);
  }

  private static StudyEvent paused(Attempt attempt, double loss) {
    return new StudyEvent.TrialPaused(
        "s", Instant.ofEpochSecond(9), attempt, Metrics.of("loss", loss), 2);
  }

  private static StudyEvent resumed(long trial) {
    return new StudyEvent.TrialSuggested(
        "s",
        TrialId.of(trial),
        new Suggestion.Evaluate(
            Configuration.empty().with("n", trial),
            Fidelity.full(),
            new WeightSource.Checkpoint(TrialId.of(trial))));
  }

  @Test
  void accept_trialsThatPause_comeAtTheEndWhereTheyStand() {
    Attempt first = Attempt.first(TrialId.of(1));
    Attempt second = Attempt.first(TrialId.of(2));
    List.of(
            suggested(1),
            suggested(2),
            suggested(3),
            measured(first, 1),
            paused(first, 0.5),
            measured(second, 1),
            paused(second, 0.25))
        .forEach(reading);
    reading.accept(ended(3, completed(3)));
    assertThat(numbers()).as("paused ones are not waited for").containsExactly(3L);

    reading.accept(resumed(1));
    reading.accept(new StudyEvent.AttemptResumed("s", first.next(), 1, "c0ffee"));
    reading.accept(measured(first.next(), 2));
    reading.accept(ended(1, completed(1)));
    KeptSummary summary = reading.finish(List.of());

    assertThat(numbers()).containsExactly(3L, 1L, 2L);
    KeptTrial complete = trials.get(1);
    assertThat(complete.state()).isEqualTo(TrialState.COMPLETED);
    assertThat(complete.attempts()).isEqualTo(2);
    assertThat(complete.failures()).isEmpty();
    assertThat(complete.measurements()).extracting(Measurement::step).containsExactly(1L, 2L);
    KeptTrial waiting = trials.get(2);
    assertThat(waiting.state()).isEqualTo(TrialState.PAUSED);
    assertThat(waiting.metrics().get("loss")).isEqualTo(0.25);
    assertThat(waiting.deviceSeconds()).isEqualTo(2);
    assertThat(summary.counts()).containsEntry(TrialState.PAUSED, 1L);
  }

  @Test
  void accept_trialThatOutlastsVeryManyOthers_holdsUpNotAllOfThem() {
    reading.accept(suggested(1));
    LongStream.rangeClosed(2, 25_000)
        .forEach(
            trial -> {
              reading.accept(suggested(trial));
              reading.accept(ended(trial, completed(trial)));
            });

    assertThat(trials).hasSizeGreaterThan(10_000);
    reading.accept(ended(1, completed(1)));
    assertThat(trials).hasSize(25_000);
    assertThat(numbers()).startsWith(2L, 3L).doesNotHaveDuplicates();
  }

  @Test
  void accept_attempts_keepsWhatIsOnRecordOfEach() {
    Attempt first = Attempt.first(TrialId.of(1));
    List.of(
            suggested(1),
            new StudyEvent.AttemptStarted("s", first, "cuda:0"),
            measured(first, 1),
            new StudyEvent.AttemptFailed("s", first, "gone", 2.5, true),
            measured(first.next(), 1),
            measured(first.next(), 2))
        .forEach(reading);
    reading.finish(List.of());

    KeptTrial trial = trials.get(0);
    assertThat(trial.attempts()).isEqualTo(2);
    assertThat(trial.failures()).containsExactly("gone");
    assertThat(trial.lostSeconds()).isEqualTo(2.5);
    assertThat(trial.device()).isNull();
    assertThat(trial.measurements()).hasSize(2);
    KeptAttempt lost = trial.earlier().get(0);
    assertThat(lost.device()).isEqualTo("cuda:0");
    assertThat(lost.lost()).isTrue();
    assertThat(lost.measurements()).hasSize(1);
  }

  @Test
  void accept_trialThatAnEndInterrupted_mayGoOn() {
    Attempt first = Attempt.first(TrialId.of(1));
    List.of(
            suggested(1),
            suggested(2),
            ended(1, new Outcome.Stopped()),
            ended(2, new Outcome.Stopped()),
            new StudyEvent.AttemptFailed("s", first, "its study was stopped", 1, true),
            ended(1, completed(1)))
        .forEach(reading);
    assertThat(numbers()).containsExactly(1L);
    reading.finish(List.of());

    assertThat(trials)
        .extracting(KeptTrial::state)
        .containsExactly(TrialState.COMPLETED, TrialState.STOPPED);
  }

  @Test
  void finish_afterALimit_isTheStateOfThatMoment() {
    var limited = new KeptReading("s", 3, trials::add);
    List.of(suggested(1), ended(1, completed(1)), suggested(2), ended(2, completed(2)))
        .forEach(limited);

    limited.finish(List.of());

    assertThat(trials)
        .extracting(KeptTrial::state)
        .containsExactly(TrialState.COMPLETED, TrialState.RUNNING);
  }

  @Test
  void finish_damagedRecord_trialsWithoutAnEndHaveFailed() {
    List.of(suggested(1), ended(1, completed(1)), suggested(2)).forEach(reading);

    assertThat(reading.finish(List.of("page 7")).damages()).containsExactly("page 7");
    assertThat(trials)
        .extracting(KeptTrial::state)
        .containsExactly(TrialState.COMPLETED, TrialState.FAILED);
  }
}
