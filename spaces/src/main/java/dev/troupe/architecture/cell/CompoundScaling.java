package dev.troupe.architecture.cell;

/**
 * Makes networks larger in depth, width and resolution by one number phi: each grows by its base to
 * the power of phi, and the cost by about {@link #cost} to the power of phi (Tan, Le 2019,
 * arXiv:1905.11946).
 *
 * @param depthBase of the number of cells, at least 1
 * @param widthBase of the number of channels, at least 1
 * @param resolutionBase of the sides of pictures, at least 1
 */
public record CompoundScaling(double depthBase, double widthBase, double resolutionBase) {

  /** The bases of the paper. */
  public static final CompoundScaling EFFICIENT_NET = new CompoundScaling(1.2, 1.1, 1.15);

  /** Checks the ranges above. */
  public CompoundScaling {
    requireBase("depth", depthBase);
    requireBase("width", widthBase);
    requireBase("resolution", resolutionBase);
  }

  private static void requireBase(String what, double base) {
    if (!(base >= 1 && base < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The base of the %s must be a number of at least 1, but was %s. Maybe 1.1."
              .formatted(what, base));
    }
  }

  /** Returns the factor of the number of cells. */
  public double depth(double phi) {
    return Math.pow(depthBase, phi);
  }

  /** Returns the factor of the number of channels. */
  public double width(double phi) {
    return Math.pow(widthBase, phi);
  }

  /** Returns the factor of the sides of pictures. */
  public double resolution(double phi) {
    return Math.pow(resolutionBase, phi);
  }

  /** Returns the factor of the multiply-adds where phi is 1. */
  public double cost() {
    return depthBase * widthBase * widthBase * resolutionBase * resolutionBase;
  }
}
