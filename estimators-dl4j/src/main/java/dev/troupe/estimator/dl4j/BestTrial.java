package dev.troupe.estimator.dl4j;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import org.jspecify.annotations.Nullable;

/**
 * The weights of the best trial so far by one objective; of equally good ones the first by number.
 * Thread safe.
 */
final class BestTrial {

  private record Kept(TrialId trial, Suggestion suggestion, double loss) {}

  private final Objective objective;
  private @Nullable Kept kept;
  private float[] keptWeights = {};

  BestTrial(Objective objective) {
    this.objective = objective;
  }

  /** Keeps the weights of a completed trial if it is the best. */
  void offer(TrialId trial, Suggestion suggestion, Metrics metrics, Network network) {
    double loss = objective.loss(metrics);
    // Copying all weights is not for the lock: most trials are not the best.
    if (isBetter(trial, loss)) {
      keep(new Kept(trial, suggestion, loss), network.weights());
    }
  }

  private synchronized void keep(Kept candidate, float[] weights) {
    if (isBetter(candidate.trial(), candidate.loss())) {
      kept = candidate;
      keptWeights = weights;
    }
  }

  private synchronized boolean isBetter(TrialId trial, double loss) {
    Kept current = kept;
    if (Double.isNaN(loss) || current == null) {
      return !Double.isNaN(loss);
    }
    return loss < current.loss()
        || (loss == current.loss() && trial.compareTo(current.trial()) <= 0);
  }

  /** Returns the weights of {@code best}, or null if another trial's are kept. */
  synchronized float @Nullable [] weights(EndedTrial best) {
    Kept current = kept;
    return current != null
            && current.trial().equals(best.id())
            && current.suggestion().unexplained().equals(best.suggestion().unexplained())
        ? keptWeights
        : null;
  }
}
