/** Strategies without a model: random, grid and quasi-random search. */
@NullMarked
package dev.troupe.strategy.baseline;

import org.jspecify.annotations.NullMarked;
