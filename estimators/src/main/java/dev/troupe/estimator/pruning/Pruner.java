package dev.troupe.estimator.pruning;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Trick;
import dev.troupe.study.Verdict;
import java.util.List;

/**
 * Stops trials that are not worth their cost. Pure: a verdict is determined by the arguments (and
 * by the objectives, settings and seed that the pruner was made with). Called by one thread at a
 * time; under {@code order = logical} calls for different trials may come in any order, each with
 * what that trial may see, so that a pruner must not let one call influence another.
 */
public interface Pruner {

  /**
   * Judges a trial on its newest measurement.
   *
   * @param trial the trial, its newest measurement last
   * @param ended trials whose outcome may be seen, unmodifiable and in a fixed order: of any two
   *     lists of a study one is the beginning of the other; under {@code order = logical} those up
   *     to the trial's number less the lookahead
   * @param active the other trials that are running
   * @return {@code CONTINUE} or {@code STOP}; only promotion strategies pause
   */
  Verdict judge(ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active);

  /** Returns to what the device time is booked that its stops save. */
  default Trick trick() {
    return Trick.EARLY_STOPPING;
  }
}
