package dev.troupe.strategy.bayes.morphism;

/**
 * How alike the losses of two networks are: {@code ((1 - share) exp(-rate r) + share exp(-traitRate
 * t)) exp(-companionRate s)}, where r, t and s are the squared distances of their coordinates, of
 * their traits and of their other parameters. The first term alone is the kernel of Jin, Song, Hu
 * 2018 (arXiv:1806.10282), with a rate of 1.
 *
 * @param rate above 0
 * @param share of what size, depth and training decide, from 0 to below 1
 * @param traitRate at least 0
 * @param companionRate at least 0
 * @param noise variance of the noise as a multiple of the signal's, above 0
 */
record KernelForm(double rate, double share, double traitRate, double companionRate, double noise) {

  /** Returns a kernel of coordinates alone. */
  static KernelForm ofCoordinates(double rate, double noise) {
    return new KernelForm(rate, 0, 0, 0, noise);
  }

  /** Returns the same with another noise. */
  KernelForm withNoise(double newNoise) {
    return new KernelForm(rate, share, traitRate, companionRate, newNoise);
  }

  /** Returns the correlation of two networks that are so far apart. */
  double correlation(double squaredDistance, double squaredTraits, double squaredCompanions) {
    double layers = StrictMath.exp(-rate * squaredDistance);
    double mixed =
        share == 0
            ? layers
            : (1 - share) * layers + share * StrictMath.exp(-traitRate * squaredTraits);
    return companionRate == 0 ? mixed : mixed * StrictMath.exp(-companionRate * squaredCompanions);
  }

  /** Returns the correlation of two networks. */
  double correlation(NetworkPoint a, NetworkPoint b) {
    return correlation(a.squaredDistance(b), a.squaredTraits(b), a.squaredCompanions(b));
  }
}
