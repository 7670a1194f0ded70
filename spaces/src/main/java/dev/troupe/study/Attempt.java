package dev.troupe.study;

import static java.util.Objects.requireNonNull;

/**
 * The n-th run of a trial. Messages carry it, so that what a lost or abandoned run still sends
 * changes nothing.
 *
 * @param trial whose run
 * @param number 1 for the first run, then counted up
 */
public record Attempt(TrialId trial, int number) {

  /** Checks that numbers start at 1. */
  public Attempt {
    requireNonNull(trial, "trial");
    if (number < 1) {
      throw new IllegalArgumentException(
          "Trial %s: attempts start at 1, but this one was %d.".formatted(trial, number));
    }
  }

  /** Returns the first run of {@code trial}. */
  public static Attempt first(TrialId trial) {
    return new Attempt(trial, 1);
  }

  /** Returns the run after this one. */
  public Attempt next() {
    return new Attempt(trial, number + 1);
  }
}
