package dev.troupe.strategy.baseline;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import java.util.List;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * The Sobol sequence (Sobol 1967, doi:10.1016/0041-5553(67)90144-9) with the direction numbers of
 * Joe and Kuo (2008, doi:10.1137/070709359), in Gray code order, plain or with the nested uniform
 * scrambling of Owen (1995, doi:10.1007/978-1-4612-2552-2_19): each binary digit of a coordinate is
 * flipped or not by a hash of the digits before it, so that each point is uniform by itself and all
 * of them together are as even as before.
 *
 * <p>A point costs 52 hashes a coordinate. Thread safe.
 */
final class Sobol implements PointSequence {

  /** For so many coordinates there are direction numbers. */
  static final int MOST_DIMENSIONS = 1000;

  /** Binary digits of a coordinate: as many as a double holds. */
  private static final int DIGITS = 52;

  private static final double UNIT = 0x1p-52;

  /** Binary digits of an index; after 2^31 points the sequence begins again. */
  private static final int INDEX_DIGITS = 31;

  private static final long INDEX_MASK = (1L << INDEX_DIGITS) - 1;
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** Shape [digits of the index, d]. */
  private final long[][] directions;

  /** Shape [d], or [0] if the sequence is plain. */
  private final long[] keys;

  private Sobol(int dimensions, long[] keys) {
    this.directions = directions(dimensions);
    this.keys = keys;
  }

  /** Returns the plain sequence of up to 1,000 coordinates; point 0 is the origin. */
  static Sobol plain(int dimensions) {
    return new Sobol(dimensions, new long[0]);
  }

  /** Returns a scrambled sequence with a coordinate, and a key, for each of up to 1,000 names. */
  static Sobol scrambled(List<String> names, RandomStreams streams) {
    var keys = new long[names.size()];
    for (int j = 0; j < keys.length; j++) {
      keys[j] = streams.stream(Kind.STRATEGY, 0, names.get(j)).nextLong();
    }
    return new Sobol(keys.length, keys);
  }

  /** The generator shows points only: that of index 2^k is the exclusive or of two directions. */
  private static long[][] directions(int dimensions) {
    var directions = new long[INDEX_DIGITS][dimensions];
    if (dimensions == 0) {
      return directions;
    }
    var generator = new SobolSequenceGenerator(dimensions);
    for (int digit = 0; digit < INDEX_DIGITS; digit++) {
      double[] point = generator.skipTo(1 << digit);
      for (int j = 0; j < dimensions; j++) {
        long before = digit == 0 ? 0 : directions[digit - 1][j];
        directions[digit][j] = (long) (point[j] / UNIT) ^ before;
      }
    }
    return directions;
  }

  @Override
  public double[] point(long index) {
    var digits = new long[directions[0].length];
    long gray = (index ^ index >>> 1) & INDEX_MASK;
    for (long rest = gray; rest != 0; rest &= rest - 1) {
      long[] direction = directions[Long.numberOfTrailingZeros(rest)];
      for (int j = 0; j < digits.length; j++) {
        digits[j] ^= direction[j];
      }
    }
    var point = new double[digits.length];
    for (int j = 0; j < point.length; j++) {
      point[j] = (keys.length == 0 ? digits[j] : scramble(digits[j], keys[j])) * UNIT;
    }
    return point;
  }

  private static long scramble(long digits, long key) {
    long flips = 0;
    for (int place = DIGITS - 1; place >= 0; place--) {
      // The one in front tells prefixes of different length apart.
      long prefix = 1L << DIGITS - 1 - place | digits >>> place + 1;
      flips |= mix(key + prefix * GOLDEN_GAMMA) >>> Long.SIZE - 1 << place;
    }
    return digits ^ flips;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long z) {
    long x = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }
}
