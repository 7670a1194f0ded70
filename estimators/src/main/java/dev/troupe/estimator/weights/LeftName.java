package dev.troupe.estimator.weights;

import dev.troupe.study.TrialId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file is called that holds what a trial has left to others: by the trial, and by what it
 * must contain.
 *
 * @param trial that left it
 * @param bytes the length of the content
 * @param id the SHA-256 hash of the content
 */
record LeftName(TrialId trial, long bytes, String id) {

  private static final String BEGINNING = "left-";
  private static final Pattern NAME = Pattern.compile("left-(\\d+)-(\\d+)-([0-9a-f]{64})");

  /** Returns how the names of all that a trial leaves begin. */
  static String prefix(TrialId trial) {
    return BEGINNING + trial.number() + "-";
  }

  /** Returns whether a file is called like this, finished or not. */
  static boolean isOne(String name) {
    return name.startsWith(BEGINNING);
  }

  /** Returns the name of a finished file; empty if it is none. */
  static Optional<LeftName> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LeftName(
              TrialId.of(Long.parseLong(matcher.group(1))),
              Long.parseLong(matcher.group(2)),
              matcher.group(3)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no numbers of ours
    }
  }

  String text() {
    return prefix(trial) + bytes + "-" + id;
  }

  /** Returns whether it was left by the same trial before {@code newest}, which is not it. */
  boolean isOlderThan(LeftName newest) {
    return trial.equals(newest.trial()) && !equals(newest);
  }

  /** Checks that what has passed is what was left. */
  void require(Sealing passed, Path place) throws IOException {
    String found = passed.id();
    if (passed.bytes() != bytes || !found.equals(id)) {
      throw new IOException(
          "What trial %s has left must be what it wrote, but %s has %d bytes and the hash %s. Maybe the disk is damaged."
              .formatted(trial, place, passed.bytes(), found));
    }
  }
}
