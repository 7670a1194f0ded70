package dev.troupe.strategy.bayes.morphism;

/**
 * A network as the kernel sees it.
 *
 * @param coordinates in which networks are embedded
 * @param traits standardised; may be empty
 * @param companions coordinates of the other parameters; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // read in the inner loops of the kernel
record NetworkPoint(double[] coordinates, double[] traits, double[] companions) {

  private static final double[] NONE = {};

  /** Returns a point of coordinates alone. */
  static NetworkPoint at(double... coordinates) {
    return new NetworkPoint(coordinates, NONE, NONE);
  }

  /** Returns the mean squared difference of the coordinates. */
  double squaredDistance(NetworkPoint other) {
    return squares(coordinates, other.coordinates) / coordinates.length;
  }

  /** Returns the mean squared difference of the traits. */
  double squaredTraits(NetworkPoint other) {
    return squares(traits, other.traits) / Math.max(1, traits.length);
  }

  /** Returns the sum of the squared differences of the other parameters. */
  double squaredCompanions(NetworkPoint other) {
    return squares(companions, other.companions);
  }

  private static double squares(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }
}
