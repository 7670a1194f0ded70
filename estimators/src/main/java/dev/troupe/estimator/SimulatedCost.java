package dev.troupe.estimator;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import java.util.List;
import java.util.Optional;

/**
 * A made-up duration where none is known: {@code median * exp(sigma * z)} seconds, where z is a
 * standard normal number that follows from a hash of the configuration. It is the same in every
 * study, so that two strategies pay the same price for the same candidate.
 *
 * @param median in seconds, finite and at least 0
 * @param sigma spread of the logarithm, finite and at least 0; 0 gives all candidates the same cost
 */
public record SimulatedCost(double median, double sigma) {

  private static final String KEY = "simulated-cost";
  private static final double MOST_SECONDS = 1e9;
  private static final double MOST_SPREAD = 20;

  /** Checks the ranges above. */
  public SimulatedCost {
    if (!(median >= 0 && median <= MOST_SECONDS && sigma >= 0 && sigma <= MOST_SPREAD)) {
      throw new IllegalArgumentException(
          "A simulated cost needs a median from 0 to %s s and a sigma from 0 to %s, but they were %s and %s."
              .formatted(MOST_SECONDS, MOST_SPREAD, median, sigma));
    }
  }

  /**
   * Reads the block {@code simulated-cost { median = 1, sigma = 0.5 }}, beside which there must be
   * no {@code cost}; nothing if it is not set.
   */
  public static Optional<SimulatedCost> find(Settings settings) {
    if (!settings.has(KEY)) {
      return Optional.empty();
    }
    if (settings.has("cost")) {
      throw settings.refuse("cost", "must not be set beside " + KEY);
    }
    Settings block = settings.getSettings(KEY);
    block.requireKnown(List.of("median", "sigma"));
    return Optional.of(
        new SimulatedCost(
            block.getDouble("median", 1, 0, MOST_SECONDS),
            block.getDouble("sigma", 0.5, 0, MOST_SPREAD)));
  }

  /** Returns the seconds that a candidate costs. */
  public double seconds(Configuration configuration) {
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
