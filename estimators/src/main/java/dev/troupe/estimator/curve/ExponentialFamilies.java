package dev.troupe.estimator.curve;

/** Families whose gap to the limit shrinks by an exponential. */
final class ExponentialFamilies {

  private ExponentialFamilies() {}

  /** {@code c - exp(-a x^alpha + b)}. */
  static final class Exp4 extends CurveFamily {

    Exp4() {
      super(
          "exp4",
          new Coefficient("c", 0.7, -1, 2),
          new Coefficient("a", 0.8, 1e-3, 20),
          new Coefficient("b", -0.8, -10, 10),
          new Coefficient("alpha", 0.3, 0.01, 3));
    }

    @Override
    double value(double x, double[] p) {
      return p[0] - StrictMath.exp(-p[1] * power(x, p[3]) + p[2]);
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      double power = power(x, p[3]);
      double gap = StrictMath.exp(-p[1] * power + p[2]);
      derivatives[0] = 1;
      derivatives[1] = gap * power;
      derivatives[2] = -gap;
      derivatives[3] = gap * p[1] * power * StrictMath.log(x);
      return p[0] - gap;
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      double alpha = 0.5;
      double a = rate(x, alpha, limit - first, limit - last);
      return bounded(limit, a, StrictMath.log(Math.max(limit - first, 1e-3)) + a, alpha);
    }
  }

  /** {@code alpha - (alpha - beta) exp(-kappa x^delta)}. */
  static final class Janoschek extends CurveFamily {

    Janoschek() {
      super(
          "janoschek",
          new Coefficient("alpha", 0.73, -1, 2),
          new Coefficient("beta", 0.07, -2, 2),
          new Coefficient("kappa", 0.355, 1e-5, 20),
          new Coefficient("delta", 0.46, 0.01, 5));
    }

    @Override
    double value(double x, double[] p) {
      return p[0] - (p[0] - p[1]) * StrictMath.exp(-p[2] * power(x, p[3]));
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      double power = power(x, p[3]);
      double rest = StrictMath.exp(-p[2] * power);
      double slope = (p[0] - p[1]) * rest * power;
      derivatives[0] = 1 - rest;
      derivatives[1] = rest;
      derivatives[2] = slope;
      derivatives[3] = slope * p[2] * StrictMath.log(x);
      return p[0] - (p[0] - p[1]) * rest;
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      double delta = 0.5;
      double kappa = rate(x, delta, limit - first, limit - last);
      double gap = (limit - first) * StrictMath.exp(kappa);
      return bounded(limit, limit - gap, kappa, delta);
    }
  }

  /** {@code alpha - (alpha - beta) exp(-(kappa x)^delta)}. */
  static final class Weibull extends CurveFamily {

    Weibull() {
      super(
          "weibull",
          new Coefficient("alpha", 0.7, -1, 2),
          new Coefficient("beta", 0.1, -2, 2),
          new Coefficient("kappa", 0.01, 1e-6, 100),
          new Coefficient("delta", 1, 0.01, 5));
    }

    @Override
    double value(double x, double[] p) {
      double power = power(p[2] * x, p[3]);
      return p[0] - (p[0] - p[1]) * StrictMath.exp(-power);
    }

    @Override
    double gradient(double x, double[] p, double[] derivatives) {
      double power = power(p[2] * x, p[3]);
      double rest = StrictMath.exp(-power);
      double slope = (p[0] - p[1]) * rest * power;
      derivatives[0] = 1 - rest;
      derivatives[1] = rest;
      derivatives[2] = slope * p[3] / p[2];
      derivatives[3] = slope * StrictMath.log(p[2] * x);
      return p[0] - (p[0] - p[1]) * rest;
    }

    @Override
    double[] near(double x, double first, double last, double limit) {
      double delta = 0.7;
      double rate = rate(x, delta, limit - first, limit - last);
      double gap = (limit - first) * StrictMath.exp(rate);
      return bounded(limit, limit - gap, StrictMath.pow(rate, 1 / delta), delta);
    }
  }

  /**
   * Returns the rate at which a gap shrinks like {@code exp(-rate x^power)} from 1 to {@code x}.
   */
  private static double rate(double x, double power, double firstGap, double lastGap) {
    double ratio = Math.max(firstGap, 1e-6) / Math.max(lastGap, 1e-6);
    return Math.max(0.01, StrictMath.log(ratio) / (StrictMath.pow(x, power) - 1));
  }
}
