/** Tests of the strategies without a model. */
@NullMarked
package dev.troupe.strategy.bayes;

import org.jspecify.annotations.NullMarked;
