package dev.troupe.space;

/** The functions that the text of a constraint may call; public only for the interpreter. */
public final class ConstraintFunctions {

  private ConstraintFunctions() {}

  /** Returns the magnitude of x. */
  public static double abs(Number x) {
    return Math.abs(x.doubleValue());
  }

  /** Returns the smaller one. */
  public static double min(Number x, Number y) {
    return Math.min(x.doubleValue(), y.doubleValue());
  }

  /** Returns the larger one. */
  public static double max(Number x, Number y) {
    return Math.max(x.doubleValue(), y.doubleValue());
  }

  /** Returns the largest whole number that is not above x. */
  public static double floor(Number x) {
    return Math.floor(x.doubleValue());
  }

  /** Returns the smallest whole number that is not below x. */
  public static double ceil(Number x) {
    return Math.ceil(x.doubleValue());
  }

  /** Returns the square root of x. */
  public static double sqrt(Number x) {
    return Math.sqrt(x.doubleValue());
  }

  /** Returns x to the power of y. */
  public static double pow(Number x, Number y) {
    return StrictMath.pow(x.doubleValue(), y.doubleValue());
  }

  /** Returns e to the power of x. */
  public static double exp(Number x) {
    return StrictMath.exp(x.doubleValue());
  }

  /** Returns the natural logarithm of x. */
  public static double log(Number x) {
    return StrictMath.log(x.doubleValue());
  }

  /** Returns the logarithm of x to base 2. */
  public static double log2(Number x) {
    return StrictMath.log(x.doubleValue()) / StrictMath.log(2);
  }

  /** Returns the logarithm of x to base 10. */
  public static double log10(Number x) {
    return StrictMath.log10(x.doubleValue());
  }
}
