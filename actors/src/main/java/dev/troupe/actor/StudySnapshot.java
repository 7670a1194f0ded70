package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.StudyEvent;
import java.util.List;

/**
 * A study at one moment of its record: what stands for all facts before it, so that taking the
 * study up again does not have to go through them. Nothing was outstanding at that moment: no
 * append, no turn of the strategy.
 *
 * @param facts how many facts it stands for
 * @param open those of these facts that still matter one by one, in their order: how the study
 *     began and was taken up, and all about the trials of whose end the strategy does not know
 * @param sums what the books say of the others
 * @param spent what had been spent
 * @param saved what tricks had saved
 * @param strategy what the strategy saved; the array is neither copied nor changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and too large to be copied
public record StudySnapshot(
    long facts, List<StudyEvent> open, StudySums sums, Spent spent, Saved saved, byte[] strategy) {

  /** Requires all and copies the list. */
  public StudySnapshot {
    open = List.copyOf(open);
    requireNonNull(sums, "sums");
    requireNonNull(spent, "spent");
    requireNonNull(saved, "saved");
    requireNonNull(strategy, "strategy");
  }

  /** Of a study in which nothing was saved. */
  public StudySnapshot(
      long facts, List<StudyEvent> open, StudySums sums, Spent spent, byte[] strategy) {
    this(facts, open, sums, spent, Saved.NOTHING, strategy);
  }
}
