package dev.troupe.strategy.baseline;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which configurations of a space were suggested, and lists what is left once a finite
 * space is nearly used up.
 *
 * <p>Known by 64-bit fingerprints: among n configurations one is mistaken for another with
 * probability below n^2 / 2^65, and then merely never suggested.
 */
final class Novelty {

  /** The largest space of which the rest is listed. */
  private static final BigInteger LARGEST_LISTED = BigInteger.valueOf(1_000_000);

  private final SearchSpace space;
  private final FingerprintSet seen;
  private @Nullable List<Configuration> rest;

  private Novelty(SearchSpace space, FingerprintSet seen) {
    this.space = space;
    this.seen = seen;
  }

  static Novelty of(SearchSpace space) {
    return new Novelty(space, new FingerprintSet());
  }

  /** Remembers a configuration and returns whether it is new. */
  boolean add(Configuration configuration) {
    return seen.add(configuration.fingerprint());
  }

  /** Returns whether the rest of the space can be listed. */
  boolean isListable() {
    return space.size().filter(size -> size.compareTo(LARGEST_LISTED) <= 0).isPresent();
  }

  /** Returns whether {@link #list} was called: from then on only {@link #take} finds new ones. */
  boolean isListed() {
    return rest != null;
  }

  /** Lists what is left, in the order of enumeration. */
  void list() {
    var left = new ArrayList<Configuration>();
    space
        .enumerate()
        .forEachRemaining(
            configuration -> {
              if (!seen.contains(configuration.fingerprint())) {
                left.add(configuration);
              }
            });
    rest = left;
  }

  /**
   * Returns and removes the configuration at the fraction {@code unit} of the list.
   *
   * @param unit in [0, 1)
   * @return null if nothing is left
   */
  @Nullable Configuration take(double unit) {
    List<Configuration> left = requireNonNull(rest, "rest");
    if (left.isEmpty()) {
      return null;
    }
    Configuration taken = left.remove((int) (unit * left.size()));
    seen.add(taken.fingerprint());
    return taken;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeBoolean(isListed());
    seen.write(out);
  }

  static Novelty read(SearchSpace space, DataInputStream in) throws IOException {
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
