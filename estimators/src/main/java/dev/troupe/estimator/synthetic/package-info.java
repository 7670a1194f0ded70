/**
 * The {@code synthetic} estimator: test functions of the literature with known optima, a
 * conditional problem and a family of learning curves, all computed in microseconds.
 */
@NullMarked
package dev.troupe.estimator.synthetic;

import org.jspecify.annotations.NullMarked;
