/** Strategies that change what they have evaluated: evolution and random morphisms. */
@NullMarked
package dev.troupe.strategy.evolution;

import org.jspecify.annotations.NullMarked;
