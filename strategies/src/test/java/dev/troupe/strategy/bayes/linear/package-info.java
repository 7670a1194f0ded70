/** Tests of the strategies without a model. */
@NullMarked
package dev.troupe.strategy.bayes.linear;

import org.jspecify.annotations.NullMarked;
