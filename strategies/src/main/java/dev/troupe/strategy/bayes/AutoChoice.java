package dev.troupe.strategy.bayes;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.morph.MorphSpace;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.StudyPlan;
import java.math.BigInteger;
import java.util.Map;

/**
 * What {@code auto} chose. The rules are in {@link #of}, the numbers in the constants above it; the
 * first rule that applies decides.
 *
 * @param strategy the name of the strategy
 * @param reason why, as it follows "since"
 */
record AutoChoice(String strategy, String reason) {

  /** A grid of all configurations has no more: its limit unless set otherwise. */
  static final int MOST_LISTED = 10_000;

  /** More choices than these are left to evolution. */
  static final int MOST_CHOICES_MODELLED = 24;

  /** With more trials in flight, what is pending says more than what is known. */
  static final int MOST_PLACES_MODELLED = 64;

  /**
   * The cost of a suggestion of gp-ucb is bounded, so that this is not where it becomes slow but
   * where most of what it was told is not in its model any more.
   */
  static final long MOST_TRIALS_MODELLED = 3000;

  private static final String GRID = "grid";
  private static final String AUTOKERAS = "autokeras";
  private static final String EVOLUTION = "regularized-evolution";
  private static final String TPE = "tpe";

  /** Requires both. */
  AutoChoice {
    requireNonNull(strategy, "strategy");
    requireNonNull(reason, "reason");
  }

  /** Returns what suits a study. */
  static AutoChoice of(SearchSpace space, StudyPlan plan) {
    Long trials = plan.trials();
    long configurations = listed(space);
    if (trials != null && configurations <= trials) {
      return new AutoChoice(
          GRID,
          "the budget of %s trials is enough for all %s configurations"
              .formatted(trials, configurations));
    }
    if (MorphSpace.behind(space).isPresent()) {
      return new AutoChoice(AUTOKERAS, "its architectures grow out of each other by morphisms");
    }
    boolean isArchitecture = space.decoder(Architecture.class).isPresent();
    if (isArchitecture && space.dimensions() > MOST_CHOICES_MODELLED) {
      return new AutoChoice(
          EVOLUTION, "its architectures take up to %s choices".formatted(space.dimensions()));
    }
    return ofParameters(space, plan);
  }

  private static AutoChoice ofParameters(SearchSpace space, StudyPlan plan) {
    Long trials = plan.trials();
    if (plan.parallelism() > MOST_PLACES_MODELLED) {
      return new AutoChoice(TPE, "%s trials are in flight at a time".formatted(plan.parallelism()));
    }
    if (trials != null && trials > MOST_TRIALS_MODELLED) {
      return new AutoChoice(TPE, "there may be %s trials".formatted(trials));
    }
    return new AutoChoice(
        GpUcbStrategy.NAME,
        "nothing speaks against a model of %s%s"
            .formatted(
                count(space.dimensions(), "parameter"),
                trials == null ? "" : " and " + count(trials, "trial")));
  }

  private static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** Returns the number of configurations, or the largest number if they are not to be listed. */
  private static long listed(SearchSpace space) {
    return space
        .size()
        .filter(size -> size.compareTo(BigInteger.valueOf(MOST_LISTED)) <= 0)
        .map(BigInteger::longValueExact)
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Returns a request for the strategy: a grid takes all values there are, in random order, so that
   * an early end leaves a fair sample.
   */
  StrategyRequest request(StrategyRequest auto) {
    Map<String, Object> settings =
        strategy.equals(GRID)
            ? Map.of("levels", MOST_LISTED, "limit", MOST_LISTED, "order", "shuffled")
            : Map.of();
    return auto.withSettings(Settings.of("strategy", settings));
  }

  /** Says it in a sentence. */
  String sentence() {
    return "auto chose %s, since %s.".formatted(strategy, reason);
  }
}
