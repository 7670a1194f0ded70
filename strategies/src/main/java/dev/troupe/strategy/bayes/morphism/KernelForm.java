package dev.troupe.strategy.bayes.morphism;

/**
 * How alike losses of two networks are: exp(-rate r - companionRate s), where r and s are the
 * squared distances of their coordinates and of their other parameters.
 *
 * @param rate above 0; 1 in Jin, Song, Hu 2018
 * @param companionRate at least 0
 * @param noise variance of the noise as a multiple of the signal's, above 0
 */
record KernelForm(double rate, double companionRate, double noise) {

  /** Returns the correlation of two networks that are so far apart. */
  double correlation(double squaredDistance, double squaredCompanions) {
    return StrictMath.exp(-rate * squaredDistance - companionRate * squaredCompanions);
  }
}
