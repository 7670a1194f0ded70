package dev.troupe.estimator.pruning;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Objective;
import dev.troupe.study.Verdict;
import java.util.List;

/** Stops a trial whose newest value is out of bounds, or no number: it has diverged. Immutable. */
final class ThresholdPruner implements Pruner {

  private final Objective objective;
  private final double lower;
  private final double upper;
  private final double worsening;
  private final Cadence cadence;

  /**
   * Watches a metric.
   *
   * @param objective the metric, and which of its values are better
   * @param lower the least value that is let pass; minus infinity for none
   * @param upper the greatest; infinity for none
   * @param worsening how much worse than the trial's best it may become, at least 0; infinity for
   *     no limit
   * @param cadence when bounds are looked at; a value that is NaN or infinite stops a trial at any
   *     step
   */
  ThresholdPruner(
      Objective objective, double lower, double upper, double worsening, Cadence cadence) {
    this.objective = objective;
    this.lower = lower;
    this.upper = upper;
    this.worsening = worsening;
    this.cadence = cadence;
  }

  @Override
  public Verdict judge(ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {
    List<Measurement> measurements = trial.measurements();
    Measurement newest = measurements.get(measurements.size() - 1);
    if (!newest.metrics().has(objective.metric())) {
      return Verdict.CONTINUE; // not every step has to tell it
    }
    double value = newest.metrics().get(objective.metric());
    boolean isOut =
        !Double.isFinite(value)
            || cadence.isDue(measurements)
                && (value < lower || value > upper || hasWorsened(measurements));
    return isOut ? Verdict.STOP : Verdict.CONTINUE;
  }

  private boolean hasWorsened(List<Measurement> measurements) {
    double best = Double.POSITIVE_INFINITY;
    double newest = Double.NaN;
    for (Measurement measurement : measurements) {
      newest = objective.loss(measurement.metrics());
      best = newest < best ? newest : best;
    }
    return newest - best > worsening;
  }
}
