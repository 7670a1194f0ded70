package dev.troupe.estimator;

import static java.util.Objects.requireNonNull;

import dev.troupe.settings.Nearest;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.Scale;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Objective;
import java.util.List;

/**
 * What an estimator has answers for. A study may ask for less: narrower ranges, fewer choices, only
 * some of the values; conditions may be left out, since a value that means nothing is ignored.
 * Immutable and thread safe.
 *
 * @param estimator what it is called in messages, such as {@code synthetic branin}
 * @param space all that it can evaluate
 * @param metrics all that it reports, at least one; unmodifiable
 */
public record AnswerScope(String estimator, SearchSpace space, List<String> metrics) {

  private static final double BOUND_TOLERANCE = 1e-9;

  /** Copies the list. */
  public AnswerScope {
    requireNonNull(estimator, "estimator");
    requireNonNull(space, "space");
    metrics = List.copyOf(metrics);
  }

  /**
   * Refuses what there is no answer for.
   *
   * @throws IllegalArgumentException if a parameter is missing, unknown, too wide or of the wrong
   *     kind, if it would be inactive where it is needed, or if a metric is not reported
   */
  public void require(EstimatorRequest request) {
    for (Objective objective : request.objectives()) {
      if (!metrics.contains(objective.metric())) {
        throw new IllegalArgumentException(
            "Metric '%s' is not reported by estimator '%s'. %s"
                .formatted(
                    objective.metric(), estimator, Nearest.hint(objective.metric(), metrics)));
      }
    }
    SearchSpace asked = request.space();
    for (String name : asked.names()) {
      if (!space.has(name)) {
        throw new IllegalArgumentException(
            "Parameter '%s' means nothing to estimator '%s'. %s"
                .formatted(name, estimator, Nearest.hint(name, space.names())));
      }
    }
    for (Parameter known : space.parameters()) {
      if (!asked.has(known.name())) {
        throw new IllegalArgumentException(
            "Estimator '%s' needs the parameter '%s', which %s, but the space has none of this"
                    .formatted(estimator, known.name(), known.rule())
                + " name. Maybe space = infer.");
      }
      requireWithin(known, asked.parameter(known.name()));
      requireActive(asked, known.name());
    }
  }

  private void requireWithin(Parameter known, Parameter asked) {
    if (!isWithin(known, asked)) {
      throw new IllegalArgumentException(
          "Parameter '%s' of estimator '%s' %s, but in the space it %s. Maybe space = infer."
              .formatted(known.name(), estimator, known.rule(), asked.rule()));
    }
  }

  private static boolean isWithin(Parameter known, Parameter asked) {
    if (asked instanceof CategoricalParameter categorical) {
      return categorical.choices().stream().allMatch(choice -> isAnswered(known, choice));
    }
    if (asked instanceof IntParameter whole) {
      return known instanceof IntParameter ints
          ? whole.low() >= ints.low() && whole.high() <= ints.high()
          : known instanceof FloatParameter real
              && isWithin(real, (double) whole.low(), (double) whole.high());
    }
    if (asked instanceof FloatParameter real) {
      return known instanceof FloatParameter wide && isWithin(wide, real.low(), real.high());
    }
    return known.equals(asked);
  }

  /** Bounds that came through a logarithm are off in the last places: 1.0000000000000009e-4. */
  private static boolean isWithin(FloatParameter known, double low, double high) {
    double tolerance = BOUND_TOLERANCE * Math.max(Math.abs(known.low()), Math.abs(known.high()));
    double lowTolerance =
        known.scale() == Scale.LOG ? BOUND_TOLERANCE * Math.abs(known.low()) : tolerance;
    return low >= known.low() - lowTolerance && high <= known.high() + tolerance;
  }

  private static boolean isAnswered(Parameter known, Object value) {
    if (known instanceof CategoricalParameter categorical) {
      return categorical.choices().stream().anyMatch(c -> c.toString().equals(value.toString()));
    }
    return known instanceof FloatParameter real && value instanceof Number number
        ? isWithin(real, number.doubleValue(), number.doubleValue())
        : known.contains(value);
  }

  private void requireActive(SearchSpace asked, String name) {
    for (Condition condition : asked.conditions(name)) {
      boolean harmless =
          space.conditions(name).stream()
              .anyMatch(known -> covers(condition, known, asked.parameter(condition.parent())));
      if (!harmless) {
        throw new IllegalArgumentException(
            "Estimator '%s' needs a value of '%s', but in the space it exists only under a"
                    .formatted(estimator, name)
                + " condition on '%s'. Maybe remove its 'when'.".formatted(condition.parent()));
      }
    }
  }

  /** Returns whether {@code condition} holds wherever {@code known} does. */
  private static boolean covers(Condition condition, Condition known, Parameter parent) {
    return known.parent().equals(condition.parent())
        && (known.equals(condition)
            || parent instanceof CategoricalParameter categorical
                && categorical.choices().stream()
                    .allMatch(choice -> condition.holds(choice) || !known.holds(choice)));
  }
}
