/**
 * Checkpoints: what a running trial saves of itself, so that a later attempt goes on from there,
 * and where that is kept.
 */
@NullMarked
package dev.troupe.estimator.weights;

import org.jspecify.annotations.NullMarked;
