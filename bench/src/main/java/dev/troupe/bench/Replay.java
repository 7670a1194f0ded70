package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.Configuration;
import dev.troupe.space.NearestConfigurations;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a finished study as a table: a candidate is worth what the nearest recorded one
 * was, takes as long, and fails if that failed.
 *
 * <p>The distance is that in the unit cube of the space, where two different choices of an
 * unordered parameter, and a parameter that exists in one of the two only, are 1 apart; of equally
 * near trials the first counts. Between trials this is a guess, so that a comparison of strategies
 * is as good as the recorded trials are dense. An answer costs one pass over the trials. Immutable
 * and thread safe.
 */
public final class Replay implements SimulatedEstimator {

  private final Objective objective;
  private final List<RecordedTrial> trials;
  private final NearestConfigurations candidates;
  private final int best;

  private Replay(SearchSpace space, Objective objective, List<RecordedTrial> trials) {
    this.objective = objective;
    this.trials = List.copyOf(trials);
    this.best = best();
    this.candidates =
        new NearestConfigurations(
            space, this.trials.stream().map(RecordedTrial::candidate).toList());
  }

  /**
   * Returns the table.
   *
   * @param space in which the trials' candidates are
   * @param objective the main one
   * @param trials in the order in which they ended
   * @throws IllegalArgumentException if none has a value of the objective, or one is not in the
   *     space
   */
  public static Replay of(SearchSpace space, Objective objective, List<RecordedTrial> trials) {
    return new Replay(
        requireNonNull(space, "space"), requireNonNull(objective, "objective"), trials);
  }

  private int best() {
    int found = -1;
    double value = Double.NaN;
    for (int i = 0; i < trials.size(); i++) {
      Double each = value(trials.get(i));
      if (each != null && (found < 0 || objective.direction().isBetter(each, value))) {
        found = i;
        value = each;
      }
    }
    if (found < 0) {
      throw new IllegalArgumentException(
          "Replay: a recorded trial must have a value of '%s', but none of %d has. Maybe they are of another study."
              .formatted(objective.metric(), trials.size()));
    }
    return found;
  }

  private @Nullable Double value(RecordedTrial trial) {
    double value = trial.metrics().getOrNaN(objective.metric());
    return trial.failure() == null && Double.isFinite(value) ? (Double) value : null;
  }

  /** Returns the number of recorded trials. */
  public int size() {
    return trials.size();
  }

  /** Returns the best recorded value. */
  public double bestValue() {
    return trials.get(best).metrics().get(objective.metric());
  }

  /** Returns how many trials had been recorded when the best value was seen, that one included. */
  public int evaluationsToBest() {
    return best + 1;
  }

  /** Returns the recorded trial that is nearest to a candidate. */
  public RecordedTrial nearest(Configuration candidate) {
    return trials.get(candidates.nearest(candidate));
  }

  @Override
  public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
    RecordedTrial trial = nearest(suggestion.candidate());
    return trial.failure() == null
        ? Playback.of(trial.metrics(), trial.seconds())
        : Playback.failed(trial.failure(), trial.seconds());
  }

  @Override
  public OptionalDouble expected(Configuration candidate, String metric) {
    RecordedTrial trial = nearest(candidate);
    double value = trial.metrics().getOrNaN(metric);
    return trial.failure() == null && Double.isFinite(value)
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }

  /** Returns the best recorded value. */
  @Override
  public OptionalDouble optimum(Objective wanted) {
    return wanted.equals(objective) ? OptionalDouble.of(bestValue()) : OptionalDouble.empty();
  }
}
