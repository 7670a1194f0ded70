package dev.troupe.actor;

import dev.troupe.study.Attempt;
import dev.troupe.study.Suggestion;

/**
 * A trial for a caller who evaluates.
 *
 * @param attempt which run
 * @param suggestion what to evaluate
 */
public record AskedTrial(Attempt attempt, Suggestion suggestion) {}
