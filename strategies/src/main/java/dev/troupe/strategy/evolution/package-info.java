/** Strategies that keep a population, or chains, of candidates and change them step by step. */
@NullMarked
package dev.troupe.strategy.evolution;

import org.jspecify.annotations.NullMarked;
