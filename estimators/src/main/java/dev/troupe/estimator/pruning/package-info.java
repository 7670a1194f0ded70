/**
 * Early stopping: what a pruner is, and the pruners that there are. Those that compare trials do so
 * at steps that each has reached, whatever steps it measures; NaN is infinitely bad, and among
 * equals the smaller number comes first.
 */
@NullMarked
package dev.troupe.estimator.pruning;

import org.jspecify.annotations.NullMarked;
