package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a strategy proposes. Most propose {@link Evaluate}; the others address a supernet, one
 * over-parameterised network whose weights many candidates share. An estimator says which kinds it
 * serves; a study refuses to start with a strategy whose kinds its estimator does not serve.
 */
public sealed interface Suggestion {

  /** Returns a plain evaluation of {@code candidate}: full fidelity, fresh weights. */
  static Evaluate evaluate(Configuration candidate) {
    return new Evaluate(candidate, Fidelity.full(), WeightSource.fresh());
  }

  /**
   * Returns the same without an explanation: what is to be done, and not why. Two suggestions ask
   * for the same if they are equal without theirs.
   */
  default Suggestion unexplained() {
    return this;
  }

  /**
   * Evaluate one candidate.
   *
   * @param candidate what to evaluate
   * @param fidelity how much of the real thing to spend
   * @param weights where its weights come from
   * @param explanation what it was based on, or null if the strategy does not say
   */
  record Evaluate(
      Configuration candidate,
      Fidelity fidelity,
      WeightSource weights,
      @Nullable Explanation explanation)
      implements Suggestion {

    /** Requires all but the explanation. */
    public Evaluate {
      requireNonNull(candidate, "candidate");
      requireNonNull(fidelity, "fidelity");
      requireNonNull(weights, "weights");
    }

    /** Makes one without an explanation. */
    public Evaluate(Configuration candidate, Fidelity fidelity, WeightSource weights) {
      this(candidate, fidelity, weights, null);
    }

    /** Returns the same with an explanation. */
    public Evaluate explained(Explanation because) {
      return new Evaluate(candidate, fidelity, weights, requireNonNull(because, "because"));
    }

    @Override
    public Evaluate unexplained() {
      return explanation == null ? this : new Evaluate(candidate, fidelity, weights);
    }

    /** Says what is to be done, and not why. */
    @Override
    public String toString() {
      return "Evaluate[candidate=%s, fidelity=%s, weights=%s]"
          .formatted(candidate, fidelity, weights);
    }
  }

  /**
   * Train the shared weights for a number of steps, taking the candidates in turn, one a batch.
   *
   * @param candidates at least one; unmodifiable
   * @param steps optimiser steps, at least 1
   */
  record TrainShared(List<Configuration> candidates, int steps) implements Suggestion {

    /** Checks the ranges above. */
    public TrainShared {
      candidates = requireCandidates(candidates);
      if (steps < 1) {
        throw new IllegalArgumentException(
            "TrainShared: steps must be at least 1, but were %d. Maybe 1.".formatted(steps));
      }
    }
  }

  /**
   * Score each candidate with the shared weights on the validation part; the measurement carries
   * one vector per metric with an entry for each candidate.
   *
   * @param candidates at least one; unmodifiable
   */
  record ScoreShared(List<Configuration> candidates) implements Suggestion {

    /** Checks that there is a candidate. */
    public ScoreShared {
      candidates = requireCandidates(candidates);
    }
  }

  /**
   * Train the shared weights of a relaxed supernet, then report the gradient of the validation loss
   * with respect to the architecture parameters as the vector metric {@code gradient}.
   *
   * @param parameters current architecture parameters in the space's order of choices, all finite;
   *     unmodifiable
   * @param steps optimiser steps on the weights before the gradient is taken, at least 0
   */
  record ArchitectureGradient(List<Double> parameters, int steps) implements Suggestion {

    /** Checks the ranges above. */
    public ArchitectureGradient {
      parameters = List.copyOf(parameters);
      if (steps < 0 || !parameters.stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "ArchitectureGradient: parameters must be finite and steps at least 0, but they were %s"
                    .formatted(parameters)
                + " and %d.".formatted(steps));
      }
    }
  }

  private static List<Configuration> requireCandidates(List<Configuration> candidates) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "A suggestion for shared weights needs a candidate, but there was none. Maybe sample one.");
    }
    return List.copyOf(candidates);
  }
}
