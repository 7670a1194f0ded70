/** Strategies that fit a Gaussian process to what they have seen. */
@NullMarked
package dev.troupe.strategy.bayes;

import org.jspecify.annotations.NullMarked;
