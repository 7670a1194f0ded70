package dev.troupe.actor;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import java.util.List;

/**
 * One question to the pruner. It does not change any more, whatever happens to the study.
 *
 * @param trial the trial, its newest measurement last
 * @param ended trials whose outcome may be seen, in a fixed order; unmodifiable
 * @param active the other trials that are running, as far as it may know; unmodifiable
 */
record PrunerCall(ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {}
