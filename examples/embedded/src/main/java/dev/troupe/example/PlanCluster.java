package dev.troupe.example;

import static java.util.Objects.requireNonNull;

import dev.troupe.Strategies;
import dev.troupe.Study;
import dev.troupe.Troupe;
import dev.troupe.space.LogRange;
import dev.troupe.space.RecordSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyResult;

/** Finds out in a second how long a search would take on a cluster that nobody has yet. */
public final class PlanCluster {

  private static final double SECONDS_PER_HOUR = 3600;

  private PlanCluster() {}

  record Training(@LogRange(low = 1e-4, high = 1e-1) double learningRate) {}

  /** Prints what 1,000 trainings would take on 10 and on 100 workers. */
  public static void main(String[] arguments) {
    for (int workers : new int[] {10, 100}) {
      StudyResult result = simulate(workers);
      System.out.printf(
          "%d workers: %.1f hours, busy for %.0f %% of them%n",
          workers,
          requireNonNull(result.virtualSeconds()) / SECONDS_PER_HOUR,
          100 * result.utilisation());
    }
  }

  static StudyResult simulate(int workers) {
    // example: cluster
    try (Troupe troupe = Troupe.simulated(Simulation.of(workers).withStragglers(0.05, 4))) {
      Study<Training> study =
          troupe
              .study("cluster", RecordSpace.of(Training.class))
              .minimize("loss")
              .strategy(Strategies.random())
              .parallelism(workers)
              .budget(Budget.trials(1000))
              .start(
                  (training, trial) -> {
                    trial.spend(1800); // half an hour, in no time
                    return Math.abs(Math.log10(training.learningRate()) + 2);
                  });
      return study.outcome().toCompletableFuture().join();
    }
    // end
  }
}
