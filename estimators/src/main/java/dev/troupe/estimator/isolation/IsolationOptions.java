package dev.troupe.estimator.isolation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How trials are isolated.
 *
 * @param jvmOptions of the children, after those that this JVM was started with, such as {@code
 *     -Xmx2g}; unmodifiable
 * @param children how many are kept ready, one for each trial at a time; at least 1
 * @param grace how long a trial may take to obey a request to stop before its process is killed;
 *     above zero
 */
public record IsolationOptions(List<String> jvmOptions, int children, Duration grace) {

  /** Below the grace of the slots, which give up threads. */
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  /** Checks the ranges above. */
  public IsolationOptions {
    requireNonNull(grace, "grace");
    jvmOptions = List.copyOf(jvmOptions);
    if (children < 1) {
      throw new IllegalArgumentException(
          "Isolated trials: there must be at least 1 child, but were %d.".formatted(children));
    }
    if (grace.isNegative() || grace.isZero()) {
      throw new IllegalArgumentException(
          "Isolated trials: the grace must be above zero, but was %s. Maybe 5s.".formatted(grace));
    }
    for (String option : jvmOptions) {
      if (!option.startsWith("-")) {
        throw new IllegalArgumentException(
            "estimator.isolation-options must be options of a JVM, which begin with '-', but one was '%s'. Maybe [\"-Xmx2g\"]."
                .formatted(option));
      }
    }
  }

  /** Returns options with a grace of 5 s. */
  public static IsolationOptions of(List<String> jvmOptions, int children) {
    return new IsolationOptions(jvmOptions, children, DEFAULT_GRACE);
  }

  /** Returns the same with another grace. */
  public IsolationOptions withGrace(Duration other) {
    return new IsolationOptions(jvmOptions, children, other);
  }
}
