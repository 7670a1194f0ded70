package dev.troupe.actor;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.TrialId;
import java.util.List;
import java.util.Map;

/**
 * One turn of the strategy: what it is told, and how much it is asked for.
 *
 * @param told trials that it has not been told of yet
 * @param active the trials that, as far as it may know, are running
 * @param seen how much of the active trials it sees, as {@link
 *     dev.troupe.study.StudyEvent.StrategyAsked} records it
 * @param count how many suggestions it may make, at least 1
 */
record StrategyCall(
    List<EndedTrial> told, List<ActiveTrial> active, Map<TrialId, Integer> seen, int count) {}
