package dev.troupe.study;

/**
 * The number of a trial within its study.
 *
 * @param number 1 for the first trial, then counted up in the order of suggestion
 */
public record TrialId(long number) implements Comparable<TrialId> {

  /** Checks that numbers start at 1. */
  public TrialId {
    if (number < 1) {
      throw new IllegalArgumentException(
          "Trial numbers start at 1, but this one was %d.".formatted(number));
    }
  }

  /** Returns the trial with this number. */
  public static TrialId of(long number) {
    return new TrialId(number);
  }

  @Override
  public int compareTo(TrialId other) {
    return Long.compare(number, other.number);
  }

  /** Returns the bare number. */
  @Override
  public String toString() {
    return Long.toString(number);
  }
}
