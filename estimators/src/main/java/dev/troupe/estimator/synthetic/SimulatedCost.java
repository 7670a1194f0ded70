package dev.troupe.estimator.synthetic;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import java.util.List;

/**
 * How long an evaluation takes: {@code median * exp(sigma * z)} seconds, where z is a standard
 * normal number that follows from a hash of the configuration. A made-up rule, but the same in
 * every study, so that two strategies pay the same price for the same candidate.
 *
 * @param median in seconds, finite and at least 0
 * @param sigma spread of the logarithm, at least 0; 0 gives all evaluations the same cost
 */
record SimulatedCost(double median, double sigma) {

  private static final double MOST_SECONDS = 1e9;
  private static final double MOST_SPREAD = 5;

  /** Reads {@code cost} or {@code simulated-cost}; one second if neither is set. */
  static SimulatedCost from(Settings settings) {
    if (!settings.has("simulated-cost")) {
      return new SimulatedCost(settings.getDouble("cost", 1, 0, MOST_SECONDS), 0);
    }
    if (settings.has("cost")) {
      throw settings.refuse("cost", "must not be set beside simulated-cost");
    }
    Settings block = settings.getSettings("simulated-cost");
    block.requireKnown(List.of("median", "sigma"));
    return new SimulatedCost(
        block.getDouble("median", 1, 0, MOST_SECONDS),
        block.getDouble("sigma", 0.5, 0, MOST_SPREAD));
  }

  /** Returns the seconds that a candidate costs. */
  double seconds(Configuration configuration) {
    if (sigma == 0) {
      return median;
    }
    double z =
        RandomStreams.of(configuration.fingerprint()).stream(
                RandomStreams.Kind.SIMULATION, 0, "cost")
            .nextGaussian();
    return median * StrictMath.exp(sigma * z);
  }
}
