package dev.troupe.strategy.internal;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which configurations of a space were suggested, and lists what is left once a finite
 * space is nearly used up. Configurations that mean the same count as one.
 *
 * <p>Known by 64-bit fingerprints: among n configurations one is mistaken for another with
 * probability below n^2 / 2^65, and then merely never suggested.
 */
public final class Novelty {

  /** The largest space of which the rest is listed. */
  private static final BigInteger LARGEST_LISTED = BigInteger.valueOf(1_000_000);

  private static final int MOST_DRAWS = 100;

  private final SearchSpace space;
  private final FingerprintSet seen;
  private @Nullable List<Configuration> rest;

  private Novelty(SearchSpace space, FingerprintSet seen) {
    this.space = space;
    this.seen = seen;
  }

  /** Returns one that remembers nothing yet. */
  public static Novelty of(SearchSpace space) {
    return new Novelty(space, new FingerprintSet());
  }

  /** Remembers a configuration and returns whether it is new. */
  public boolean add(Configuration configuration) {
    return seen.add(fingerprint(configuration));
  }

  /** Returns whether a configuration, or one that means the same, is remembered. */
  public boolean contains(Configuration configuration) {
    return seen.contains(fingerprint(configuration));
  }

  /**
   * Returns a configuration drawn at random that is new, and remembers it. After 100 draws in vain
   * the rest of the space is listed where it can be, and drawn from.
   *
   * @param duplicates whether one that is not new will do
   * @return null if a finite space is used up, or counts as used up since it is too large to be
   *     listed; in an uncountable one, of which a finite part must be very probable, a repetition
   */
  public @Nullable Configuration draw(RandomGenerator random, boolean duplicates) {
    Configuration drawn = null;
    for (int attempt = 0; attempt < MOST_DRAWS && !isListed(); attempt++) {
      drawn = space.sample(random);
      if (add(drawn) || duplicates) {
        return drawn;
      }
    }
    if (!isListable()) {
      return space.size().isPresent() ? null : drawn;
    }
    if (!isListed()) {
      list();
    }
    return take(random.nextDouble());
  }

  /** Returns whether the rest of the space can be listed. */
  public boolean isListable() {
    return space.size().filter(size -> size.compareTo(LARGEST_LISTED) <= 0).isPresent();
  }

  /** Returns whether {@link #list} was called: from then on only {@link #take} finds new ones. */
  public boolean isListed() {
    return rest != null;
  }

  /** Lists what is left, in the order of enumeration. */
  public void list() {
    var left = new ArrayList<Configuration>();
    var listed = new FingerprintSet();
    space
        .enumerate()
        .forEachRemaining(
            configuration -> {
              long fingerprint = fingerprint(configuration);
              if (!seen.contains(fingerprint) && listed.add(fingerprint)) {
                left.add(configuration);
              }
            });
    rest = left;
  }

  private long fingerprint(Configuration configuration) {
    return space.canonical(configuration).fingerprint();
  }

  /**
   * Returns and removes the configuration at the fraction {@code unit} of the list.
   *
   * @param unit in [0, 1)
   * @return null if nothing is left
   */
  public @Nullable Configuration take(double unit) {
    List<Configuration> left = requireNonNull(rest, "rest");
    if (left.isEmpty()) {
      return null;
    }
    Configuration taken = left.remove((int) (unit * left.size()));
    seen.add(fingerprint(taken));
    return taken;
  }

  /** Writes what it remembers. */
  public void write(DataOutputStream out) throws IOException {
    out.writeBoolean(isListed());
    seen.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static Novelty read(SearchSpace space, DataInputStream in) throws IOException {
    boolean listed = in.readBoolean();
    var novelty = new Novelty(space, FingerprintSet.read(in));
    if (listed) {
      if (!novelty.isListable()) {
        throw new IllegalArgumentException(
            "A saved state must be of the same space, but it lists one that this one is too large"
                + " for. Maybe begin anew.");
      }
      novelty.list();
    }
    return novelty;
  }
}
