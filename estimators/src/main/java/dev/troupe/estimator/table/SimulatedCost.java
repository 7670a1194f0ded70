package dev.troupe.estimator.table;

import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A made-up duration for tables that know none: {@code median * exp(sigma * z)} seconds, with z
 * standard normal from a hash of the configuration. It is the same for each step, trial and study.
 *
 * @param median in seconds, at least 0 and finite
 * @param sigma of the logarithm, from 0 to 20
 */
record SimulatedCost(double median, double sigma) {

  /** Reads the block {@code simulated-cost}; null if it is not set. */
  static @Nullable SimulatedCost parse(Settings settings) {
    if (!settings.has("simulated-cost")) {
      return null;
    }
    Settings block = settings.getSettings("simulated-cost");
    block.requireKnown(Set.of("median", "sigma"));
    return new SimulatedCost(
        block.getDouble("median", 1, 0, 1e12), block.getDouble("sigma", 0.5, 0, 20));
  }

  double seconds(Configuration candidate) {
    var bits = new SplittableRandom(candidate.fingerprint());
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(bits)));
    double normal = radius * StrictMath.cos(2 * Math.PI * uniform(bits)); // Box and Muller, 1958
    return median * StrictMath.exp(sigma * normal);
  }

  /** Returns a number above 0 and below 1. */
  private static double uniform(SplittableRandom bits) {
    return ((bits.nextLong() >>> 11) + 0.5) * 0x1p-53;
  }
}
