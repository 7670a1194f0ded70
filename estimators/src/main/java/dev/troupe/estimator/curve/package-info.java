/**
 * Learning-curve extrapolation: what a training would come to, told from its beginning. {@link
 * dev.troupe.estimator.curve.CurveModel} is the interface, found by name through {@link
 * dev.troupe.estimator.curve.CurveModelProvider}; a {@link dev.troupe.estimator.curve.CurveQuery}
 * goes in, a {@link dev.troupe.estimator.curve.CurvePrediction} comes out.
 */
@NullMarked
package dev.troupe.estimator.curve;

import org.jspecify.annotations.NullMarked;
