package dev.troupe.estimator;

import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An estimator that knows its answers: a table of results, a surrogate, a formula. It tells what an
 * evaluation would report and how long it would take; on the virtual clock it takes that long, on
 * the machine's clock no time.
 *
 * <p>One instance may serve several studies at once, so nothing but the {@link Evaluation} may make
 * a difference to its answers. Thread safe.
 */
public interface SimulatedEstimator extends Estimator {

  /**
   * The only candidates that there are answers for.
   *
   * @param list in a fixed order, without duplicates; unmodifiable
   * @param passes how often each may be evaluated in one study, at least 1
   */
  record Candidates(List<Configuration> list, int passes) {

    /** Checks the ranges above, and copies the list. */
    public Candidates {
      list = List.copyOf(list);
      if (list.isEmpty() || passes < 1) {
        throw new IllegalArgumentException(
            "Candidates: there must be at least one and at least one pass, but there were %d and %d."
                .formatted(list.size(), passes));
      }
    }
  }

  /**
   * Returns what an evaluation would report, quickly.
   *
   * @throws Exception what went wrong; the trial fails with its message
   */
  Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) throws Exception;

  /**
   * Returns the only candidates that it can evaluate, if they are not the whole space. A study then
   * takes, for each that its strategy suggests, the nearest that is left.
   */
  default Optional<Candidates> candidates() {
    return Optional.empty();
  }

  /**
   * Returns the true value of a metric for a candidate at full fidelity: without noise, or the mean
   * of its repeats; nothing if it is not known or does not exist.
   */
  default OptionalDouble expected(Configuration candidate, String metric) {
    return OptionalDouble.empty();
  }

  /** Returns the best true value that there is, if it is known. */
  default OptionalDouble optimum(Objective objective) {
    return OptionalDouble.empty();
  }

  /** Plays an evaluation without taking its time. */
  @Override
  default Metrics evaluate(Suggestion suggestion, Evaluation evaluation) throws Exception {
    if (!(suggestion instanceof Suggestion.Evaluate candidate)) {
      throw new IllegalArgumentException(
          "Trial %s: this estimator knows single candidates, but was asked for %s. Maybe choose a"
                  .formatted(evaluation.attempt().trial(), suggestion.getClass().getSimpleName())
              + " strategy without a supernet.");
    }
    Playback playback = play(candidate, evaluation);
    for (Playback.Point point : playback.points()) {
      if (evaluation.stopRequested()
          || evaluation.report(point.step(), point.metrics()) != Verdict.CONTINUE) {
        return Metrics.none();
      }
    }
    if (playback.failure() != null) {
      throw new IllegalStateException(playback.failure());
    }
    return playback.result();
  }

  @Override
  default Metrics test(EndedTrial best, Evaluation evaluation) throws Exception {
    return Metrics.none();
  }
}
