package dev.troupe.architecture;

import static java.util.Objects.requireNonNull;

/**
 * What a network is for: what comes in and how many numbers come out.
 *
 * @param input shape of one example
 * @param outputs classes or targets, at least 1
 */
public record NetworkTask(Shape input, int outputs) {

  /** Checks the range above. */
  public NetworkTask {
    requireNonNull(input, "input");
    if (outputs < 1) {
      throw new IllegalArgumentException(
          "A network needs an output, but was to have %d. Maybe 1 for a regression."
              .formatted(outputs));
    }
  }
}
