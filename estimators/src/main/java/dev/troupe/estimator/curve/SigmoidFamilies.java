package dev.troupe.estimator.curve;

/** Families that saturate like a ratio of powers of the step. */
final class SigmoidFamilies {

  private SigmoidFamilies() {}

  /** {@code ymax x^eta / (kappa^eta + x^eta)}. */
  static final class Hill3 extends CurveFamily {

    Hill3() {
      super(
          "hill3",
          new Coefficient("ymax", 0.77232, 0, 2),
          new Coefficient("eta", 0.586449, 0.01, 10),
          new Coefficient("kappa", 2.460843, 1e-3, 1e4));
    }

    private static double rest(double x, double[] p) {
      return 1 / (1 + power(x / p[2], p[1]));
    }

    @Override
    double value(double x, double[] p) {
      return p[0] - p[0] * rest(x, p);
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      double rest = rest(x, p);
      double slope = p[0] * rest * (1 - rest);
      derivatives[0] = 1 - rest;
      derivatives[1] = slope * StrictMath.log(x / p[2]);
      derivatives[2] = -slope * p[1] / p[2];
      return p[0] - p[0] * rest;
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      double start = odds(first, limit);
      double eta = Math.max(0.05, StrictMath.log(odds(last, limit) / start) / StrictMath.log(x));
      return bounded(limit, eta, StrictMath.pow(start, -1 / eta));
    }
  }

  /** {@code a / (1 + (x / e^b)^c)}. */
  static final class LogPower extends CurveFamily {

    LogPower() {
      super(
          "log-power",
          new Coefficient("a", 0.77, 0, 2),
          new Coefficient("b", 2.98, -10, 10),
          new Coefficient("c", -0.51, -10, 0));
    }

    private static double rest(double x, double[] p) {
      return 1 / (1 + StrictMath.exp(p[2] * (StrictMath.log(x) - p[1])));
    }

    @Override
    double value(double x, double[] p) {
      return p[0] * rest(x, p);
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      double rest = rest(x, p);
      double slope = p[0] * rest * (1 - rest);
      derivatives[0] = rest;
      derivatives[1] = slope * p[2];
      derivatives[2] = -slope * (StrictMath.log(x) - p[1]);
      return p[0] * rest;
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      double start = odds(first, limit);
      double c = Math.max(0.05, StrictMath.log(odds(last, limit) / start) / StrictMath.log(x));
      return bounded(limit, -StrictMath.log(start) / c, -c);
    }
  }

  /** {@code alpha - (alpha - beta) / (1 + (kappa x)^delta)}, of Morgan, Mercer and Flodin. */
  static final class Mmf extends CurveFamily {

    Mmf() {
      super(
          "mmf",
          new Coefficient("alpha", 0.7, -1, 2),
          new Coefficient("beta", 0.1, -2, 2),
          new Coefficient("kappa", 0.01, 1e-5, 1e3),
          new Coefficient("delta", 5, 0.01, 10));
    }

    private static double rest(double x, double[] p) {
      return 1 / (1 + power(p[2] * x, p[3]));
    }

    @Override
    double value(double x, double[] p) {
      return p[0] - (p[0] - p[1]) * rest(x, p);
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      double rest = rest(x, p);
      double slope = (p[0] - p[1]) * rest * (1 - rest);
      derivatives[0] = 1 - rest;
      derivatives[1] = rest;
      derivatives[2] = slope * p[3] / p[2];
      derivatives[3] = slope * StrictMath.log(p[2] * x);
      return p[0] - (p[0] - p[1]) * rest;
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      double low = first - 0.5 * Math.max(last - first, 0.02);
      double start = odds(first - low, limit - low);
      double end = odds(last - low, limit - low);
      double delta = Math.max(0.1, StrictMath.log(end / start) / StrictMath.log(x));
      return bounded(limit, low, StrictMath.pow(start, 1 / delta), delta);
    }
  }

  /** Returns how far a curve has come towards its limit, as done against left to do. */
  private static double odds(double value, double limit) {
    double done = Math.max(value, 1e-3);
    return done / Math.max(limit - done, 1e-3);
  }
}
