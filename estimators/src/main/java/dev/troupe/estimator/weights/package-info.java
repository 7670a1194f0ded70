/**
 * Checkpoints: what a running trial saves of itself, so that a later attempt goes on from there,
 * and weights: what an ended trial leaves, so that others begin with it; and where both are kept.
 */
@NullMarked
package dev.troupe.estimator.weights;

import org.jspecify.annotations.NullMarked;
