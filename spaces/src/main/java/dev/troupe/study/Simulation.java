package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Workers that exist on the virtual clock only, and what goes wrong with them. The seed of a study
 * decides which of its attempts straggle or fail, the simulation's own seed when workers die: the
 * same plan every time.
 *
 * @param workers how many attempts can run at once, from 1 to {@value #MOST_WORKERS}
 * @param stragglers the share of attempts that take longer, from 0 to 1
 * @param stragglerFactor how many times as long these take, from 1 to {@value
 *     #MOST_STRAGGLER_FACTOR}
 * @param failures the share of attempts that fail, at a random point of their time, from 0 to 1
 * @param meanLife after how long a worker dies on average (the times are exponential), above zero;
 *     null if none ever does
 * @param repair after how long a dead worker is back, above zero
 * @param seed decides when workers die
 */
public record Simulation(
    int workers,
    double stragglers,
    double stragglerFactor,
    double failures,
    @Nullable Duration meanLife,
    Duration repair,
    long seed) {

  /** The largest number of workers. */
  public static final int MOST_WORKERS = 100_000;

  /** The largest factor of stragglers. */
  public static final double MOST_STRAGGLER_FACTOR = 1e6;

  private static final double DEFAULT_STRAGGLER_FACTOR = 10;
  private static final Duration DEFAULT_REPAIR = Duration.ofMinutes(10);

  /** Checks the ranges above. */
  public Simulation {
    requireNonNull(repair, "repair");
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new IllegalArgumentException(
          "Simulation: workers must be from 1 to %d, but were %d."
              .formatted(MOST_WORKERS, workers));
    }
    requireShare("stragglers", stragglers);
    requireShare("failures", failures);
    if (!(stragglerFactor >= 1 && stragglerFactor <= MOST_STRAGGLER_FACTOR)) {
      throw new IllegalArgumentException(
          "Simulation: the straggler factor must be from 1 to %s, but was %s. Maybe 10."
              .formatted(MOST_STRAGGLER_FACTOR, stragglerFactor));
    }
    requireAboveZero("the mean life of a worker", meanLife);
    requireAboveZero("the repair time", repair);
  }

  /** Returns so many workers with which nothing goes wrong. */
  public static Simulation of(int workers) {
    return new Simulation(workers, 0, DEFAULT_STRAGGLER_FACTOR, 0, null, DEFAULT_REPAIR, 0);
  }

  /** Returns a copy in which a share of the attempts takes so many times as long. */
  public Simulation withStragglers(double share, double factor) {
    return new Simulation(workers, share, factor, failures, meanLife, repair, seed);
  }

  /** Returns a copy in which a share of the attempts fails. */
  public Simulation withFailures(double share) {
    return new Simulation(workers, stragglers, stragglerFactor, share, meanLife, repair, seed);
  }

  /** Returns a copy in which workers die, and are back after a while. */
  public Simulation withDeaths(Duration mean, Duration backAfter) {
    return new Simulation(workers, stragglers, stragglerFactor, failures, mean, backAfter, seed);
  }

  /** Returns a copy with another seed. */
  public Simulation withSeed(long other) {
    return new Simulation(workers, stragglers, stragglerFactor, failures, meanLife, repair, other);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "Simulation: the share of %s must be from 0 to 1, but was %s. Maybe 0.05."
              .formatted(name, share));
    }
  }

  private static void requireAboveZero(String name, @Nullable Duration time) {
    if (time != null && (time.isZero() || time.isNegative())) {
      throw new IllegalArgumentException(
          "Simulation: %s must be above zero, but was %s. Maybe 10m.".formatted(name, time));
    }
  }
}
