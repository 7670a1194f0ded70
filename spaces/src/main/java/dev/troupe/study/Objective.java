package dev.troupe.study;

import static java.util.Objects.requireNonNull;

/**
 * What a study optimises: one metric, and which of its values are better.
 *
 * @param metric the name under which the estimator reports it
 * @param direction which values are better
 */
public record Objective(String metric, Direction direction) {

  /** Checks that the metric has a name. */
  public Objective {
    requireNonNull(direction, "direction");
    if (metric.isBlank()) {
      throw new IllegalArgumentException(
          "Objective: the metric must have a name, but it was '%s'. Maybe use 'loss'."
              .formatted(metric));
    }
  }

  /** Returns an objective whose smaller values are better. */
  public static Objective minimize(String metric) {
    return new Objective(metric, Direction.MINIMIZE);
  }

  /** Returns an objective whose larger values are better. */
  public static Objective maximize(String metric) {
    return new Objective(metric, Direction.MAXIMIZE);
  }

  /** Returns the loss of {@code metrics}, or NaN where the metric is absent. */
  public double loss(Metrics metrics) {
    return direction.toLoss(metrics.getOrNaN(metric));
  }
}
