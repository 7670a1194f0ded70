package dev.troupe.actor;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the books of a study say of trials that nobody needs one by one any more. Immutable.
 *
 * @param suggested how many trials there are
 * @param told of how many suggestions the strategy knows what has become of them
 * @param waitsForNews whether the strategy had nothing to suggest when it was asked last
 * @param counts ended trials by state; states of none may be left out
 * @param best the best trial by the first objective, if one has completed
 * @param front the Pareto front of all objectives
 * @param knownBest the best trial of those that count for the budget: under logical order, those of
 *     which the strategy knows
 * @param sinceImprovement how many trials have ended since {@code knownBest}
 * @param turns how many suggestions there are, those that resume trials among them
 * @param openTurns where trials are resumed: the last suggestion of each trial, counted from 1, of
 *     whose outcome the strategy does not know
 */
public record StudySums(
    long suggested,
    long told,
    boolean waitsForNews,
    Map<TrialState, Long> counts,
    @Nullable EndedTrial best,
    List<EndedTrial> front,
    @Nullable EndedTrial knownBest,
    long sinceImprovement,
    long turns,
    Map<TrialId, Long> openTurns) {

  /** Copies map and list. */
  public StudySums {
    counts = Map.copyOf(counts);
    front = List.copyOf(front);
    openTurns = Map.copyOf(openTurns);
  }

  /** Of a study that resumes no trials. */
  public StudySums(
      long suggested,
      long told,
      boolean waitsForNews,
      Map<TrialState, Long> counts,
      @Nullable EndedTrial best,
      List<EndedTrial> front,
      @Nullable EndedTrial knownBest,
      long sinceImprovement) {
    this(
        suggested,
        told,
        waitsForNews,
        counts,
        best,
        front,
        knownBest,
        sinceImprovement,
        suggested,
        Map.of());
  }
}
