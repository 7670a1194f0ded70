package dev.troupe.strategy.bayes.morphism;

/**
 * A network as the kernel sees it.
 *
 * @param coordinates in which networks are embedded
 * @param companions those of the other parameters
 */
@SuppressWarnings("ArrayRecordComponent") // read in the inner loops of the kernel
record NetworkPoint(double[] coordinates, double[] companions) {

  /** Returns the mean squared difference of the coordinates. */
  double squaredDistance(NetworkPoint other) {
    return squares(coordinates, other.coordinates) / coordinates.length;
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
