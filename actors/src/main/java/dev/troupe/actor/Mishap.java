package dev.troupe.actor;

import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Simulation;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a simulation has in store for one attempt.
 *
 * @param slowdown how many times as long it takes, at least 1
 * @param failsAfter after which share of its time it fails, below 1; null if it does not
 */
record Mishap(double slowdown, @Nullable Double failsAfter) {

  static final Mishap NONE = new Mishap(1, null);

  /** Returns what happens to an attempt: the same for the same seed. */
  static Mishap of(@Nullable Simulation plan, RandomStreams streams, Attempt attempt) {
    if (plan == null || plan.stragglers() == 0 && plan.failures() == 0) {
      return NONE;
    }
    RandomGenerator random =
        streams.stream(
            RandomStreams.Kind.SIMULATION, attempt.trial().number(), "attempt-" + attempt.number());
    boolean straggles = random.nextDouble() < plan.stragglers();
    boolean fails = random.nextDouble() < plan.failures();
    double where = random.nextDouble();
    return new Mishap(straggles ? plan.stragglerFactor() : 1, fails ? (Double) where : null);
  }
}
