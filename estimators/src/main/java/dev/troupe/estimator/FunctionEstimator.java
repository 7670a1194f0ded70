package dev.troupe.estimator;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import java.util.List;

/** Evaluates candidates by calling a function. As thread safe as the function is. */
public final class FunctionEstimator implements Estimator {

  private final ObjectiveFunction function;
  private final List<FidelityRange> fidelities;

  private FunctionEstimator(ObjectiveFunction function, List<FidelityRange> fidelities) {
    this.function = requireNonNull(function, "function");
    this.fidelities = List.copyOf(fidelities);
  }

  /** Returns an estimator that calls {@code function}. */
  public static FunctionEstimator of(ObjectiveFunction function) {
    return of(function, List.of());
  }

  /**
   * Returns an estimator that calls {@code function}, which can spend less.
   *
   * @param fidelities of what it can spend less, the main axis first; it finds the amounts in the
   *     suggestion
   */
  public static FunctionEstimator of(ObjectiveFunction function, List<FidelityRange> fidelities) {
    return new FunctionEstimator(function, fidelities);
  }

  @Override
  public List<FidelityRange> fidelities() {
    return fidelities;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the suggestion addresses a supernet
   * @throws IllegalStateException if the function returned null
   */
  @Override
  @SuppressWarnings("ConstantValue") // a function outside our null checks may return null
  public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) throws Exception {
    if (!(suggestion instanceof Suggestion.Evaluate candidate)) {
      throw new IllegalArgumentException(
          "Trial %s: a function evaluates single candidates, but was asked for %s. Maybe choose a"
                  .formatted(evaluation.attempt().trial(), suggestion.getClass().getSimpleName())
              + " strategy without a supernet.");
    }
    Metrics metrics = function.evaluate(candidate, evaluation);
    if (metrics == null) {
      throw new IllegalStateException(
          "Trial %s: the objective function must return metrics, but returned null. Maybe return"
                  .formatted(evaluation.attempt().trial())
              + " Metrics.none() to let the last measurement count.");
    }
    return metrics;
  }
}
