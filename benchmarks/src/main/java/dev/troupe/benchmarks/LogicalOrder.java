package dev.troupe.benchmarks;

import dev.troupe.Strategies;
import dev.troupe.StudyBuilder;
import dev.troupe.Troupe;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Metrics;
import dev.troupe.study.Order;
import dev.troupe.study.Simulation;
import dev.troupe.study.Suggestion;
import java.util.Map;

/**
 * What logical order costs: the share of the time for which the slots of a study are busy while it
 * hands out trials, on the virtual clock, beside arrival order. The durations of the trials are
 * log-normal: with sigma 0.25, 0.5 and 1 two of three trials take between 0.78 and 1.3, 0.61 and
 * 1.6, 0.37 and 2.7 times the median.
 *
 * <p>Options: trials (for each slot, 200), seed (1).
 */
public final class LogicalOrder {

  private static final int[] PARALLELISMS = {8, 64};
  private static final double[] SIGMAS = {0.25, 0.5, 1};
  private static final double[] LOOKAHEADS = {1, 1.5, 2, 4, 8};
  private static final SearchSpace SPACE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

  private final Arguments arguments;

  private LogicalOrder(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Takes the time that chance wants: the same for a trial, whatever the order. */
  private record RandomDurations(double sigma) implements SimulatedEstimator {

    @Override
    public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
      double seconds = 100 * Math.exp(sigma * evaluation.random("duration").nextGaussian());
      double x = suggestion.candidate().getDouble("x");
      return Playback.of(Metrics.of("loss", x), seconds);
    }
  }

  /** Prints a table. */
  public static void main(String[] line) {
    new LogicalOrder(Arguments.parse(line, Map.of("trials", "200", "seed", "1"))).run();
  }

  private void run() {
    System.out.println("Slots busy while trials are handed out, in percent:");
    System.out.print("slots  sigma  arrival");
    for (double lookahead : LOOKAHEADS) {
      System.out.printf("  lookahead x%-4s", text(lookahead));
    }
    System.out.println();
    for (int parallelism : PARALLELISMS) {
      for (double sigma : SIGMAS) {
        System.out.printf("%5d  %5s  %7.1f", parallelism, text(sigma), busy(parallelism, sigma, 0));
        for (double lookahead : LOOKAHEADS) {
          System.out.printf("  %15.1f", busy(parallelism, sigma, lookahead));
        }
        System.out.println();
      }
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /**
   * Returns the percentage.
   *
   * @param lookahead in parallelisms; 0 for arrival order
   */
  private double busy(int parallelism, double sigma, double lookahead) {
    try (Troupe troupe = Troupe.simulated(Simulation.of(parallelism))) {
      StudyBuilder<Configuration> builder =
          troupe
              .study("order", SPACE)
              .ledger("memory")
              .parallelism(parallelism)
              .seed(arguments.number("seed"))
              .strategy(Strategies.random())
              .budget(Budget.trials((long) arguments.number("trials") * parallelism));
      if (lookahead > 0) {
        builder.order(Order.LOGICAL).lookahead((int) Math.ceil(lookahead * parallelism));
      }
      return 100
          * builder
              .startWith(new RandomDurations(sigma))
              .outcome()
              .toCompletableFuture()
              .join()
              .utilisationWhileSuggesting();
    }
  }
}
