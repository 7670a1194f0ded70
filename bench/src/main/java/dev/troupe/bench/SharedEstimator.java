package dev.troupe.bench;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * An estimator that serves many studies: one that ends leaves it open. As thread safe as what it
 * wraps.
 *
 * @param shared what answers
 */
public record SharedEstimator(SimulatedEstimator shared) implements SimulatedEstimator {

  /**
   * Wraps an estimator.
   *
   * @throws IllegalArgumentException if it does not know its answers
   */
  public static SharedEstimator of(Estimator estimator) {
    if (estimator instanceof SimulatedEstimator simulated) {
      return new SharedEstimator(simulated);
    }
    throw new IllegalArgumentException(
        "The estimator must know its answers, but %s does not. Maybe a table or a surrogate."
            .formatted(estimator));
  }

  @Override
  public boolean serves(Class<? extends Suggestion> kind) {
    return shared.serves(kind);
  }

  @Override
  public List<FidelityRange> fidelities() {
    return shared.fidelities();
  }

  @Override
  public OptionalLong fullStep() {
    return shared.fullStep();
  }

  @Override
  public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) throws Exception {
    return shared.play(suggestion, evaluation);
  }

  @Override
  public Optional<Candidates> candidates() {
    return shared.candidates();
  }

  @Override
  public OptionalDouble expected(Configuration candidate, String metric) {
    return shared.expected(candidate, metric);
  }

  @Override
  public OptionalDouble optimum(Objective objective) {
    return shared.optimum(objective);
  }

  @Override
  public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) throws Exception {
    return shared.evaluate(suggestion, evaluation);
  }

  @Override
  public Metrics test(EndedTrial best, Evaluation evaluation) throws Exception {
    return shared.test(best, evaluation);
  }

  /** Does nothing: whoever made the estimator closes it. */
  @Override
  public void close() {}
}
