/**
 * Bayesian search over the networks that morphisms make of a small one, by a process that knows of
 * them nothing but how much of one must be edited to make another of it.
 */
@NullMarked
package dev.troupe.strategy.bayes.morphism;

import org.jspecify.annotations.NullMarked;
