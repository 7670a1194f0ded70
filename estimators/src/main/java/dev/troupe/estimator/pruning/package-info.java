/** The pruner SPI: early stopping of trials on the measurements seen so far. */
@NullMarked
package dev.troupe.estimator.pruning;

import org.jspecify.annotations.NullMarked;
