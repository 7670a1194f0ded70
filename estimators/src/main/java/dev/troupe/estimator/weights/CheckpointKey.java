package dev.troupe.estimator.weights;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Attempt;
import dev.troupe.study.TrialId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which checkpoint: who saved it where, and what it must contain. Two attempts never share one,
 * even if they saved the same bytes, so that one can be removed without regard to the other.
 *
 * @param attempt which run saved it
 * @param step how far that had come, at least 0
 * @param id the SHA-256 hash of the content, in 64 lower-case hexadecimal digits
 * @param bytes the length of the content, at least 0
 */
public record CheckpointKey(Attempt attempt, long step, String id, long bytes) {

  private static final Pattern NAME = Pattern.compile("(\\d+)-(\\d+)-.*");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  /** Checks the above. */
  public CheckpointKey {
    requireNonNull(attempt, "attempt");
    if (step < 0 || bytes < 0 || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A checkpoint has a step and a length of at least 0 and a SHA-256 hash, but was at step %d, had %d bytes and the hash '%s'."
              .formatted(step, bytes, id));
    }
  }

  /** Returns what it is called where it is kept. */
  public String name() {
    return "%s%d-%s".formatted(prefix(attempt), step, id);
  }

  /** Returns how the names of all that an attempt saves begin. */
  static String prefix(Attempt attempt) {
    return "%d-%d-".formatted(attempt.trial().number(), attempt.number());
  }

  /** Returns the attempt that saved what is called {@code name}, if it is such a name. */
  static Optional<Attempt> saver(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Attempt(
              TrialId.of(Long.parseLong(matcher.group(1))), Integer.parseInt(matcher.group(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no numbers of ours
    }
  }

  @Override
  public String toString() {
    return "checkpoint of trial %s at step %d".formatted(attempt.trial(), step);
  }
}
