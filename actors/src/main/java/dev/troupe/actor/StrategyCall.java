package dev.troupe.actor;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.TrialId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One turn of the strategy: what it is told, and how much it is asked for.
 *
 * @param told ended trials that it has not been told of yet
 * @param paused trials that have paused, of which it has not been told either
 * @param active the trials that, as far as it may know, are running
 * @param seen how much of the active trials it sees, as {@link
 *     dev.troupe.study.StudyEvent.StrategyAsked} records it
 * @param count how many suggestions it may make, at least 1
 * @param fresh how many of them may be new trials, at least 0
 */
record StrategyCall(
    List<EndedTrial> told,
    List<PausedTrial> paused,
    List<ActiveTrial> active,
    Map<TrialId, Integer> seen,
    int count,
    int fresh) {

  /** Returns the numbers of all trials that it is told of. */
  List<TrialId> news() {
    return Stream.concat(told.stream().map(EndedTrial::id), paused.stream().map(PausedTrial::id))
        .toList();
  }
}
