package dev.troupe;

import dev.troupe.settings.Settings;
import dev.troupe.study.Simulation;
import java.time.Duration;
import java.util.List;

/** The block {@code simulation} of a study file. */
final class SimulationBlock {

  private SimulationBlock() {}

  /**
   * Returns the workers and what goes wrong with them.
   *
   * @param parallelism the number of workers unless set
   * @param seed of the simulation unless set
   * @throws IllegalArgumentException if a key is unknown or a value out of its range
   */
  static Simulation read(Settings settings, int parallelism, long seed) {
    settings.requireKnown(List.of("workers", "stragglers", "failures", "deaths", "seed"));
    boolean automatic = settings.getString("workers", "auto").equals("auto");
    int workers =
        automatic ? parallelism : settings.getInt("workers", 1, 1, Simulation.MOST_WORKERS);
    Simulation plan =
        Simulation.of(workers)
            .withFailures(settings.getDouble("failures", 0, 0, 1))
            .withSeed(settings.getLong("seed", seed, Long.MIN_VALUE, Long.MAX_VALUE));
    if (settings.has("stragglers")) {
      plan = withStragglers(plan, settings.getSettings("stragglers"));
    }
    return settings.has("deaths") ? withDeaths(plan, settings.getSettings("deaths")) : plan;
  }

  private static Simulation withStragglers(Simulation plan, Settings stragglers) {
    stragglers.requireKnown(List.of("share", "factor"));
    return plan.withStragglers(
        stragglers.getDouble("share", 0, 0, 1),
        stragglers.getDouble(
            "factor", plan.stragglerFactor(), 1, Simulation.MOST_STRAGGLER_FACTOR));
  }

  private static Simulation withDeaths(Simulation plan, Settings deaths) {
    deaths.requireKnown(List.of("mean-life", "repair"));
    Duration repair = deaths.findDuration("repair");
    Duration meanLife = deaths.findDuration("mean-life");
    if (meanLife == null) {
      throw new IllegalArgumentException(
          "simulation.deaths.mean-life must be set. Maybe mean-life = 100h.");
    }
    return plan.withDeaths(meanLife, repair == null ? plan.repair() : repair);
  }
}
