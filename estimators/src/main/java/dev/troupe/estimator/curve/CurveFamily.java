package dev.troupe.estimator.curve;

import java.util.List;

/**
 * A parametric family of saturating curves, as accuracies in about [0, 1] over x ≥ 1 (Domhan,
 * Springenberg, Hutter 2015, IJCAI: "Speeding up automatic hyperparameter optimization of deep
 * neural networks by extrapolation of learning curves"). All are computed with {@link StrictMath}:
 * fits and chains amplify last digits. Immutable and thread safe.
 */
abstract class CurveFamily {

  /**
   * A parameter.
   *
   * @param fallback its published default, from which a fit may start
   * @param low the least that a fit may take
   * @param high the most that a fit may take
   */
  record Coefficient(String name, double fallback, double low, double high) {}

  private final String label;
  private final List<Coefficient> coefficients;

  CurveFamily(String label, Coefficient... coefficients) {
    this.label = label;
    this.coefficients = List.of(coefficients);
  }

  /** Returns its name in kebab case. */
  final String label() {
    return label;
  }

  /** Returns the number of its parameters. */
  final int size() {
    return coefficients.size();
  }

  /** Returns its parameters in order. */
  final List<Coefficient> coefficients() {
    return coefficients;
  }

  /** Returns the published defaults, shape [{@link #size}]. */
  final double[] defaults() {
    return coefficients.stream().mapToDouble(Coefficient::fallback).toArray();
  }

  /** Moves parameters that lie outside their bounds onto them. */
  final double[] bounded(double... parameters) {
    double[] bounded = parameters.clone();
    for (int k = 0; k < bounded.length; k++) {
      Coefficient each = coefficients.get(k);
      bounded[k] = Math.min(each.high(), Math.max(each.low(), bounded[k]));
    }
    return bounded;
  }

  /**
   * Returns the value at {@code x ≥ 1}.
   *
   * @param p its parameters; NaN or infinite where they make no curve
   */
  abstract double value(double x, double[] p);

  /**
   * Writes the derivatives of the value by each parameter, shape [{@link #size}], and returns the
   * value.
   */
  abstract double gradient(double x, double[] p, double[] derivatives);

  /**
   * Returns parameters near a curve of this family that begins and ends somewhere; a fit starts
   * from them as well as from the defaults.
   *
   * @param x the last step, above 1
   * @param first the value at step 1
   * @param last the value at the last step
   * @param limit where the curve may settle, above both
   */
  abstract double[] near(double x, double first, double last, double limit);

  /**
   * Returns {@code base^exponent} in half the time of {@link StrictMath#pow}, to a relative error
   * of some roundings times the logarithm of the result.
   *
   * @param base at least 0; NaN comes of a negative one
   */
  static double power(double base, double exponent) {
    return StrictMath.exp(exponent * StrictMath.log(base));
  }

  /** Returns the exponent of a power law that goes from one gap to another until {@code x}. */
  static double decay(double x, double firstGap, double lastGap) {
    double ratio = Math.max(firstGap, 1e-6) / Math.max(lastGap, 1e-6);
    return Math.max(0.02, StrictMath.log(ratio) / StrictMath.log(x));
  }

  @Override
  public final String toString() {
    return label;
  }
}
