/** Tests of strategies that change what they have evaluated. */
@NullMarked
package dev.troupe.strategy.evolution;

import org.jspecify.annotations.NullMarked;
