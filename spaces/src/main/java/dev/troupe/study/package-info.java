/**
 * The vocabulary of a study that strategies, estimators, actors and listeners share: objectives,
 * suggestions, trials, measurements, outcomes, budgets and events.
 */
@NullMarked
package dev.troupe.study;

import org.jspecify.annotations.NullMarked;
