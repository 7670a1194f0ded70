package dev.troupe.strategy.bayes;

/**
 * The standard normal distribution, and its expected improvement h(z) = density(z) + z
 * cumulative(z) in a form that neither underflows nor cancels (Ament, Daulton, Eriksson, Balandat,
 * Bakshy 2023, arXiv:2310.20708). The error function is that of Cody (1969,
 * doi:10.1090/S0025-5718-1969-0247736-4), to 1e-15 relative. By {@link StrictMath} throughout.
 */
final class StandardNormal {

  private static final double SQRT_2 = Math.sqrt(2);
  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
  private static final double SQRT_HALF_PI = Math.sqrt(Math.PI / 2);
  private static final double INVERSE_SQRT_PI = 1 / Math.sqrt(Math.PI);
  private static final double LOG_SQRT_2_PI = StrictMath.log(2 * Math.PI) / 2;

  /** Below this, h(z) is computed from the ratio of tail and density. */
  private static final double TAIL = -1;

  /** Below this, the series of that ratio is cut after its first terms. */
  private static final double FAR_TAIL = -1e4;

  private static final double SMALL = 0.46875;
  private static final double LARGE = 4;

  private static final double[] SMALL_NUMERATOR = {
    1.85777706184603153e-1,
    3.16112374387056560,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3
  };
  private static final double[] SMALL_DENOMINATOR = {
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
  };
  private static final double[] MIDDLE_NUMERATOR = {
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
    2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
    1.23033935479799725e3
  };
  private static final double[] MIDDLE_DENOMINATOR = {
    1,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3
  };
  private static final double[] LARGE_NUMERATOR = {
    1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
    1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4
  };
  private static final double[] LARGE_DENOMINATOR = {
    1,
    2.56852019228982242,
    1.87295284992346725,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3
  };

  private StandardNormal() {}

  /** Returns the density at z. */
  static double density(double z) {
    return StrictMath.exp(-z * z / 2) / SQRT_2_PI;
  }

  /** Returns the probability of a value up to z. */
  static double cumulative(double z) {
    double x = z / SQRT_2;
    if (Math.abs(x) <= SMALL) {
      return 0.5 + 0.5 * smallErf(x);
    }
    double tail = 0.5 * scaledComplement(Math.abs(x)) * StrictMath.exp(-x * x);
    return z < 0 ? tail : 1 - tail;
  }

  /** Returns the logarithm of h(z). */
  static double logImprovement(double z) {
    if (z > TAIL) {
      return StrictMath.log(density(z) + z * cumulative(z));
    }
    return -z * z / 2 - LOG_SQRT_2_PI + StrictMath.log(relativeImprovement(z));
  }

  /** Returns the derivative of the logarithm of h at z. */
  static double logImprovementSlope(double z) {
    if (z > TAIL) {
      double cumulative = cumulative(z);
      return cumulative / (density(z) + z * cumulative);
    }
    return z < FAR_TAIL ? -z - 2 / z : millsRatio(z) / relativeImprovement(z);
  }

  /** Returns h(z) as a multiple of the density, z at most -1. */
  private static double relativeImprovement(double z) {
    return z < FAR_TAIL ? 1 / (z * z) : 1 + z * millsRatio(z);
  }

  /** Returns cumulative(z) as a multiple of the density, z at most -1. */
  private static double millsRatio(double z) {
    return SQRT_HALF_PI * scaledComplement(-z / SQRT_2);
  }

  private static double smallErf(double x) {
    double square = x * x;
    return x * polynomial(SMALL_NUMERATOR, square) / polynomial(SMALL_DENOMINATOR, square);
  }

  /** Returns (1 - erf(x)) exp(x^2), x above 0.46875. */
  private static double scaledComplement(double x) {
    if (x <= LARGE) {
      return polynomial(MIDDLE_NUMERATOR, x) / polynomial(MIDDLE_DENOMINATOR, x);
    }
    double inverse = 1 / (x * x);
    double ratio =
        inverse * polynomial(LARGE_NUMERATOR, inverse) / polynomial(LARGE_DENOMINATOR, inverse);
    return (INVERSE_SQRT_PI - ratio) / x;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (double coefficient : coefficients) {
      sum = sum * x + coefficient;
    }
    return sum;
  }
}
