package dev.troupe.actor;

import dev.troupe.estimator.Failures;
import dev.troupe.study.StudyEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a study against a record without running it: makes the recorded calls of the strategy again
 * in their order, with what it was told then, and compares what it suggests.
 *
 * @param suggestions how many there are on record
 * @param difference the first one that differs, with the trial, what is suggested now and what is
 *     on record; null if all are equal
 */
public record RecordCheck(long suggestions, @Nullable String difference) {

  /**
   * Makes the calls, on the thread of the caller. The strategy of {@code setup} learns all that is
   * on record.
   *
   * @param setup the study, its strategy new
   * @param facts the whole record, in order; not empty
   * @throws IllegalArgumentException if the study is not the recorded one, or the record is not in
   *     order
   */
  public static RecordCheck run(StudySetup setup, List<StudyEvent> facts) {
    var whole = new LedgerActor.Facts(facts);
    StudyRecovery.of(setup, new StudyBooks(setup), whole);
    long suggestions = facts.stream().filter(StudyEvent.TrialSuggested.class::isInstance).count();
    return new RecordCheck(suggestions, difference(setup, whole));
  }

  private static @Nullable String difference(StudySetup setup, LedgerActor.Facts facts) {
    try {
      StrategyReplay.run(setup.strategy(), facts);
      return null;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    } catch (Throwable e) { // the user's code may throw anything
      return "it failed on what is on record: " + Failures.describe(e);
    }
  }

  /** Returns whether the strategy suggests all that is on record. */
  public boolean isEqual() {
    return difference == null;
  }
}
