package dev.troupe.strategy.bayes;

/**
 * One point as a kernel sees it; see {@link FeatureMap}. The arrays are filled again and again.
 *
 * @param numeric numeric features, whose squared differences count
 * @param trend what a trend is a weighted sum of
 * @param code codes, which are equal or not
 */
@SuppressWarnings("ArrayRecordComponent") // scratch of inner loops
record FeatureVector(double[] numeric, double[] trend, double[] code) {}
