package dev.troupe.estimator.isolation;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.OptionalLong;

/**
 * What an estimator says of itself before its first trial.
 *
 * @param served the names of the kinds of suggestions that it serves; unmodifiable
 * @param fidelities what it can spend less of; unmodifiable
 * @param fullStep the step at which a full evaluation is done, if it is known
 * @param listed whether it has answers for the candidates of a list alone
 */
record Abilities(
    List<String> served, List<FidelityRange> fidelities, OptionalLong fullStep, boolean listed) {

  private static final List<Class<? extends Suggestion>> KINDS =
      List.of(
          Suggestion.Evaluate.class,
          Suggestion.TrainShared.class,
          Suggestion.ScoreShared.class,
          Suggestion.ArchitectureGradient.class);

  /** Copies the lists. */
  Abilities {
    served = List.copyOf(served);
    fidelities = List.copyOf(fidelities);
  }

  static Abilities of(Estimator estimator) {
    return new Abilities(
        KINDS.stream().filter(estimator::serves).map(Class::getSimpleName).toList(),
        estimator.fidelities(),
        estimator.fullStep(),
        estimator instanceof SimulatedEstimator known && known.candidates().isPresent());
  }

  boolean serves(Class<? extends Suggestion> kind) {
    return served.contains(kind.getSimpleName());
  }
}
