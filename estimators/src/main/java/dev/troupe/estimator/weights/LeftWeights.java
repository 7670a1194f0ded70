package dev.troupe.estimator.weights;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Attempt;
import dev.troupe.study.Lineage;
import dev.troupe.study.TrialId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is on record of the weights that a trial has left.
 *
 * @param heir who left them, and from whom it had its own
 * @param id the SHA-256 hash of the content, in 64 lower-case hexadecimal digits
 * @param bytes the length of the content, at least 0
 */
public record LeftWeights(Heir heir, String id, long bytes) {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NAME =
      Pattern.compile("left-(\\d+)-(\\d+)-(\\d+)-([0-9a-f]{64})(?:-of-(\\d+)-([a-z]+))?");

  /** Checks the above. */
  public LeftWeights {
    requireNonNull(heir, "heir");
    if (bytes < 0 || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "Weights have a length of at least 0 and a SHA-256 hash, but had %d bytes and the hash '%s'."
              .formatted(bytes, id));
    }
  }

  /** Returns whose they are. */
  public TrialId trial() {
    return heir.trial();
  }

  /** Returns how many bytes they take; what is equal counts once. */
  static long bytes(Collection<LeftWeights> kept) {
    Set<String> counted = new HashSet<>();
    return kept.stream().filter(each -> counted.add(each.id())).mapToLong(LeftWeights::bytes).sum();
  }

  /** Returns what an empty file is called that stands for this record. */
  String name() {
    String name =
        "left-%d-%d-%d-%s".formatted(trial().number(), heir.attempt().number(), bytes, id);
    TrialId parent = heir.parent();
    Lineage.Way way = heir.way();
    return parent == null || way == null
        ? name
        : "%s-of-%d-%s".formatted(name, parent.number(), way.label());
  }

  /** Returns whether a file is called as the content of some weights is. */
  static boolean isContent(String name) {
    return ID.matcher(name).matches();
  }

  /** Returns the record for which a file of this name stands; empty if it is none. */
  static Optional<LeftWeights> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      var attempt =
          new Attempt(
              TrialId.of(Long.parseLong(matcher.group(1))), Integer.parseInt(matcher.group(2)));
      String parent = matcher.group(5);
      Heir heir =
          parent == null
              ? Heir.of(attempt)
              : new Heir(
                  attempt,
                  TrialId.of(Long.parseLong(parent)),
                  Lineage.Way.valueOf(matcher.group(6).toUpperCase(Locale.ROOT)));
      return Optional.of(new LeftWeights(heir, matcher.group(4), Long.parseLong(matcher.group(3))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no record of ours
    }
  }
}
