/** Tests of the strategies without a model. */
@NullMarked
package dev.troupe.strategy.baseline;

import org.jspecify.annotations.NullMarked;
