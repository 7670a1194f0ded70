/** Tests of strategies that change candidates step by step. */
@NullMarked
package dev.troupe.strategy.evolution;

import org.jspecify.annotations.NullMarked;
