package dev.troupe.strategy;

import org.jspecify.annotations.Nullable;

/**
 * What a study is given when it begins, as far as a strategy may prepare for it. It may become more
 * or less later on: nothing but how well a strategy searches may depend on it.
 *
 * @param trials how many it may start, at least 1; null if something else ends it
 * @param parallelism how many of them are kept in flight, at least 1
 */
public record StudyPlan(@Nullable Long trials, int parallelism) {

  /** Checks the ranges above. */
  public StudyPlan {
    requirePositive("trials", trials == null ? 1 : trials);
    requirePositive("parallelism", parallelism);
  }

  private static void requirePositive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "The plan of a study: %s must be at least 1, but was %d. Maybe 1."
              .formatted(what, value));
    }
  }

  /** Returns the plan of a study of which nothing is known: as many trials as it takes, in turn. */
  public static StudyPlan open() {
    return new StudyPlan(null, 1);
  }
}
