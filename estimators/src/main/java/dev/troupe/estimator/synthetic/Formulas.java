package dev.troupe.estimator.synthetic;

/**
 * Test functions of the literature, on points of length n. They are evaluated from left to right in
 * the order written, with the functions of {@link StrictMath}, so that every machine gets the same
 * bits.
 *
 * <p>Domains, constants and optima are those of Surjanovic, Bingham, Virtual Library of Simulation
 * Experiments, 2013; the rotated ellipsoid is that of Hansen et al., BBOB 2009 (f10) without its
 * oscillations.
 */
final class Formulas {

  /** The largest value of {@code x sin(sqrt(x))} on [0, 500], at {@link #SCHWEFEL_AT}. */
  private static final double SCHWEFEL_TOP = 418.9828872724337;

  static final double SCHWEFEL_AT = 420.96874635998205;

  private static final double[] HARTMANN_C = {1, 1.2, 3, 3.2};
  private static final double[][] HARTMANN3_A = {
    {3, 10, 30}, {0.1, 10, 35}, {3, 10, 30}, {0.1, 10, 35}
  };
  private static final int[][] HARTMANN3_P = {
    {3689, 1170, 2673}, {4699, 4387, 7470}, {1091, 8732, 5547}, {381, 5743, 8828}
  };
  private static final double[][] HARTMANN6_A = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };
  private static final int[][] HARTMANN6_P = {
    {1312, 1696, 5569, 124, 8283, 5886},
    {2329, 4135, 8307, 3736, 1004, 9991},
    {2348, 1451, 3522, 2883, 3047, 6650},
    {4047, 8828, 8732, 5743, 1091, 381}
  };

  private Formulas() {}

  static double branin(double[] x) {
    double b = 5.1 / (4 * Math.PI * Math.PI);
    double c = 5 / Math.PI;
    double t = 1 / (8 * Math.PI);
    double u = x[1] - b * x[0] * x[0] + c * x[0] - 6;
    return u * u + 10 * (1 - t) * StrictMath.cos(x[0]) + 10;
  }

  static double hartmann3(double[] x) {
    return hartmann(x, HARTMANN3_A, HARTMANN3_P);
  }

  static double hartmann6(double[] x) {
    return hartmann(x, HARTMANN6_A, HARTMANN6_P);
  }

  private static double hartmann(double[] x, double[][] a, int[][] p) {
    double sum = 0;
    for (int i = 0; i < HARTMANN_C.length; i++) {
      double q = 0;
      for (int j = 0; j < x.length; j++) {
        double d = x[j] - p[i][j] / 10000.0;
        q = q + a[i][j] * d * d;
      }
      sum = sum + HARTMANN_C[i] * StrictMath.exp(-q);
    }
    return -sum;
  }

  /** Has its minimum 0 at {@code at}. */
  static double ackley(double[] x, double[] at) {
    int n = x.length;
    double a = 0;
    double b = 0;
    for (int i = 0; i < n; i++) {
      double z = x[i] - at[i];
      a = a + z * z;
      b = b + StrictMath.cos(2 * Math.PI * z);
    }
    return -20 * StrictMath.exp(-0.2 * StrictMath.sqrt(a / n))
        - StrictMath.exp(b / n)
        + 20
        + Math.E;
  }

  static double rosenbrock(double[] x) {
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double u = x[i + 1] - x[i] * x[i];
      double v = 1 - x[i];
      sum = sum + (100 * u * u + v * v);
    }
    return sum;
  }

  /** Has its minimum 0 at {@code at}. */
  static double levy(double[] x, double[] at) {
    int last = x.length - 1;
    double q = StrictMath.sin(Math.PI * levyWeight(x, at, 0));
    double sum = q * q;
    for (int i = 0; i < last; i++) {
      double w = levyWeight(x, at, i);
      double d = w - 1;
      double t = StrictMath.sin(Math.PI * w + 1);
      sum = sum + d * d * (1 + 10 * t * t);
    }
    double w = levyWeight(x, at, last);
    double d = w - 1;
    double t = StrictMath.sin(2 * Math.PI * w);
    return sum + d * d * (1 + t * t);
  }

  private static double levyWeight(double[] x, double[] at, int i) {
    return 1 + (x[i] - at[i]) / 4;
  }

  static double rastrigin(double[] x) {
    double sum = 0;
    for (double z : x) {
      sum = sum + (z * z - 10 * StrictMath.cos(2 * Math.PI * z) + 10);
    }
    return sum;
  }

  static double griewank(double[] x) {
    double sum = 0;
    double product = 1;
    for (int i = 0; i < x.length; i++) {
      sum = sum + x[i] * x[i] / 4000;
      product = product * StrictMath.cos(x[i] / StrictMath.sqrt(i + 1));
    }
    return sum - product + 1;
  }

  static double schwefel(double[] x) {
    double sum = 0;
    for (double z : x) {
      sum = sum + (SCHWEFEL_TOP - z * StrictMath.sin(StrictMath.sqrt(Math.abs(z))));
    }
    return sum;
  }

  static double styblinskiTang(double[] x) {
    double sum = 0;
    for (double z : x) {
      double square = z * z;
      sum = sum + (square * square - 16 * square + 5 * z);
    }
    return sum / 2;
  }

  /**
   * Has its minimum 0 at the origin, and the condition number 1e6.
   *
   * @param rotation orthogonal, shape [n, n]
   */
  static double ellipsoid(double[] x, double[][] rotation) {
    int n = x.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double y = 0;
      for (int j = 0; j < n; j++) {
        y = y + rotation[i][j] * x[j];
      }
      sum = sum + StrictMath.pow(10, 6.0 * i / (n - 1)) * y * y;
    }
    return sum;
  }

  static double sphereAround(double[] x, double at) {
    double sum = 0;
    for (double z : x) {
      double d = z - at;
      sum = sum + d * d;
    }
    return sum;
  }
}
