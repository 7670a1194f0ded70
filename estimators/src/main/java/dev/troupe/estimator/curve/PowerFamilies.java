package dev.troupe.estimator.curve;

/** Families that approach their limit by a power of the step. */
final class PowerFamilies {

  private PowerFamilies() {}

  /** {@code c - a x^-alpha}. */
  static final class Pow3 extends CurveFamily {

    Pow3() {
      super(
          "pow3",
          new Coefficient("c", 0.84, -1, 2),
          new Coefficient("a", 0.52, -2, 5),
          new Coefficient("alpha", 0.01, 1e-3, 5));
    }

    @Override
    double value(double x, double[] p) {
      return p[0] - p[1] * power(x, -p[2]);
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      double power = power(x, -p[2]);
      derivatives[0] = 1;
      derivatives[1] = -power;
      derivatives[2] = p[1] * power * StrictMath.log(x);
      return p[0] - p[1] * power;
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      return bounded(limit, limit - first, decay(x, limit - first, limit - last));
    }
  }

  /** {@code c - (a x + b)^-alpha}. */
  static final class Pow4 extends CurveFamily {

    Pow4() {
      super(
          "pow4",
          new Coefficient("c", 0.8, -1, 2),
          new Coefficient("a", 200, 1e-6, 1e6),
          new Coefficient("b", 0, -0.5, 1e3),
          new Coefficient("alpha", 0.1, 1e-3, 10));
    }

    private static double base(double x, double[] p) {
      return p[1] * x + p[2];
    }

    @Override
    double value(double x, double[] p) {
      double base = base(x, p);
      return base > 0 ? p[0] - power(base, -p[3]) : Double.NaN;
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      double base = base(x, p);
      double power = power(base, -p[3]);
      derivatives[0] = 1;
      derivatives[1] = p[3] * x * power / base;
      derivatives[2] = p[3] * power / base;
      derivatives[3] = power * StrictMath.log(base);
      return p[0] - power;
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      double alpha = decay(x, limit - first, limit - last);
      double gap = Math.max(limit - first, 1e-3);
      return bounded(limit, StrictMath.pow(gap, -1 / alpha), 0, alpha);
    }
  }
}
