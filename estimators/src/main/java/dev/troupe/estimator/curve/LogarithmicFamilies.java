package dev.troupe.estimator.curve;

/** Families that go by the logarithm of the step; some rise without limit. */
final class LogarithmicFamilies {

  private LogarithmicFamilies() {}

  /** {@code exp(a + b / x + c ln x)}. */
  static final class VapourPressure extends CurveFamily {

    VapourPressure() {
      super(
          "vapour-pressure",
          new Coefficient("a", -0.622028, -10, 3),
          new Coefficient("b", -0.47005, -10, 10),
          new Coefficient("c", 0.042322, -2, 2));
    }

    @Override
    double value(double x, double[] p) {
      return StrictMath.exp(p[0] + p[1] / x + p[2] * StrictMath.log(x));
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      double value = value(x, p);
      derivatives[0] = value;
      derivatives[1] = value / x;
      derivatives[2] = value * StrictMath.log(x);
      return value;
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      double start = StrictMath.log(Math.max(first, 1e-3));
      double end = StrictMath.log(Math.max(last, 1e-3));
      double slope = 0.2 * (end - start) / StrictMath.log(x);
      double b = -0.8 * (end - start) / (1 - 1 / x);
      return bounded(start - b, b, slope);
    }
  }

  /** {@code ln(a ln x + b)}. */
  static final class LogLogLinear extends CurveFamily {

    LogLogLinear() {
      super("log-log-linear", new Coefficient("a", 0.2, -1, 5), new Coefficient("b", 1.3, 0.2, 5));
    }

    @Override
    double value(double x, double[] p) {
      double inner = p[0] * StrictMath.log(x) + p[1];
      return inner > 0 ? StrictMath.log(inner) : Double.NaN;
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      double logarithm = StrictMath.log(x);
      double inner = p[0] * logarithm + p[1];
      derivatives[0] = logarithm / inner;
      derivatives[1] = 1 / inner;
      return inner > 0 ? StrictMath.log(inner) : Double.NaN;
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      double b = StrictMath.exp(first);
      return bounded((StrictMath.exp(last) - b) / StrictMath.log(x), b);
    }
  }

  /** {@code c - a / ln(1 + x)}. */
  static final class Ilog2 extends CurveFamily {

    Ilog2() {
      super("ilog2", new Coefficient("c", 0.78, -1, 2), new Coefficient("a", 0.43, -1, 3));
    }

    @Override
    double value(double x, double[] p) {
      return p[0] - p[1] / StrictMath.log(1 + x);
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      derivatives[0] = 1;
      derivatives[1] = -1 / StrictMath.log(1 + x);
      return p[0] + p[1] * derivatives[1];
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      double start = 1 / StrictMath.log(2);
      double a = (last - first) / (start - 1 / StrictMath.log(1 + x));
      return bounded(first + a * start, a);
    }
  }
}
