package dev.troupe.strategy.multifidelity;

import dev.troupe.study.TrialId;
import org.jspecify.annotations.Nullable;

/**
 * What runs next.
 *
 * @param bracket for which; 0 where there are none
 * @param level how far, as an index of the resource's levels
 * @param resumed the trial that goes on; null for a new one
 */
record Slot(long bracket, int level, @Nullable TrialId resumed) {}
