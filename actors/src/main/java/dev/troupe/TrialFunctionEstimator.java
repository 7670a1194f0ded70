package dev.troupe;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.space.TypedSpace;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;

/** Evaluates candidates by a function of the user's. */
final class TrialFunctionEstimator<T> implements Estimator {

  private final TypedSpace<T> space;
  private final TrialFunction<? super T> function;
  private final String metric;

  TrialFunctionEstimator(TypedSpace<T> space, TrialFunction<? super T> function, String metric) {
    this.space = space;
    this.function = function;
    this.metric = metric;
  }

  @Override
  public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) throws Exception {
    var evaluate = (Suggestion.Evaluate) suggestion;
    var handle = new TrialHandle(evaluation, evaluate.fidelity(), metric);
    double value = function.evaluate(space.instance(evaluate.candidate()), handle);
    return handle.result(value);
  }
}
