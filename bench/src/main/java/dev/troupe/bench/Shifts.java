package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import dev.troupe.StudyFile;
import java.util.List;
import java.util.function.Function;

/**
 * Instances of a synthetic problem, so that strategies are not compared on one place of the optimum
 * alone: runs with the seed k have the instance {@code seed + k}, as the study file has it with
 * {@code estimator.instance}, whichever strategy runs.
 *
 * <p>An instance of a function over a box is the function at {@code x - shift}, its first optimum
 * moved to a point that is drawn evenly from the inner 80 % of the box in each coordinate; the
 * ellipsoid is turned as well. Of the mixed problem and of the learning curves the best values of
 * all numbers are drawn inside their ranges, and which of the categories is best. The minimum is
 * the same for all instances, so that regrets are exact.
 *
 * @param seed from 0 to 900,000: other numbers, other instances
 * @param study the study file with settings of the form {@code key=value}, which win over its own
 */
public record Shifts(int seed, Function<List<String>, StudyFile> study) {

  /** The estimator that has instances. */
  static final String ESTIMATOR = "synthetic";

  private static final int LARGEST = 900_000;

  /** Checks the range above. */
  public Shifts {
    requireNonNull(study, "study");
    if (seed < 0 || seed > LARGEST) {
      throw new IllegalArgumentException(
          "The seed of shifts must be from 0 to %s, but was %s. Maybe 1000."
              .formatted(LARGEST, seed));
    }
  }

  /** Returns the study as it is. */
  StudyFile plain() {
    return study.apply(List.of());
  }

  /** Returns the study as the runs with a seed have it. */
  StudyFile instance(long runSeed) {
    return study.apply(List.of("estimator.instance=" + (seed + runSeed)));
  }
}
