package dev.troupe.strategy.baseline;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The Halton sequence: coordinate j of point i is the radical inverse of i in the j-th prime base
 * (Halton 1960, doi:10.1007/BF01386213), plain or with the digits of each place permuted at random
 * (Owen 2017, doi:10.48550/arXiv.1706.02808). Plain coordinates of large bases run in step for as
 * many points as the base, so that any two of them are correlated; permuted ones are not.
 *
 * <p>A point costs the number of digits of its index, summed over the coordinates. Not thread safe.
 */
final class Halton implements PointSequence {

  private static final double NEGLIGIBLE = 0x1p-54;
  private static final double BELOW_ONE = Math.nextDown(1.0);

  private final List<Axis> axes;

  private Halton(List<Axis> axes) {
    this.axes = axes;
  }

  /** Returns the plain sequence of so many coordinates. */
  static Halton plain(int dimensions) {
    var axes = new ArrayList<Axis>(dimensions);
    for (int base : primes(dimensions)) {
      axes.add(new Axis(base, null, ""));
    }
    return new Halton(axes);
  }

  /** Returns a scrambled sequence with a coordinate, and random streams, for each name. */
  static Halton scrambled(List<String> names, RandomStreams streams) {
    int[] bases = primes(names.size());
    var axes = new ArrayList<Axis>(bases.length);
    for (int j = 0; j < bases.length; j++) {
      axes.add(new Axis(bases[j], streams, names.get(j)));
    }
    return new Halton(axes);
  }

  /**
   * Returns the point of an index.
   *
   * @param index at least 0; point 0 of the plain sequence is the origin
   * @return shape [d], each in [0, 1)
   */
  @Override
  public double[] point(long index) {
    var point = new double[axes.size()];
    for (int j = 0; j < point.length; j++) {
      point[j] = axes.get(j).coordinate(index);
    }
    return point;
  }

  private static int[] primes(int count) {
    var primes = new int[count];
    int found = 0;
    for (int candidate = 2; found < count; candidate++) {
      if (isPrime(candidate, primes, found)) {
        primes[found++] = candidate;
      }
    }
    return primes;
  }

  private static boolean isPrime(int candidate, int[] smaller, int count) {
    for (int i = 0; i < count && smaller[i] * smaller[i] <= candidate; i++) {
      if (candidate % smaller[i] == 0) {
        return false;
      }
    }
    return true;
  }

  /** One base and, if scrambled, the permutations of its places. */
  private static final class Axis {

    private final int base;
    private final @Nullable RandomStreams streams;
    private final String name;

    /** By place: the permutation of the digits, made when an index first has that place. */
    private final List<int[]> permutations = new ArrayList<>();

    /** By place: what this place and all after it add where the index has no digits left. */
    private final double[] tails;

    Axis(int base, @Nullable RandomStreams streams, String name) {
      this.base = base;
      this.streams = streams;
      this.name = name;
      this.tails = streams == null ? new double[0] : tails();
    }

    double coordinate(long index) {
      double sum = 0;
      double weight = 1.0 / base;
      int place = 0;
      for (long rest = index; rest > 0; rest /= base) {
        int digit = (int) (rest % base);
        sum += weight * (streams == null ? digit : permutation(place)[digit]);
        weight /= base;
        place++;
      }
      double tail = place < tails.length ? tails[place] : 0;
      return Math.min(sum + tail, BELOW_ONE);
    }

    /** The zeros in front of an index are digits like any other and are permuted as well. */
    private double[] tails() {
      var terms = new ArrayList<Double>();
      for (double weight = 1.0 / base; weight > NEGLIGIBLE; weight /= base) {
        terms.add(weight * random(terms.size()).nextInt(base));
      }
      var sums = new double[terms.size()];
      double sum = 0;
      for (int place = sums.length - 1; place >= 0; place--) {
        sum += terms.get(place);
        sums[place] = sum;
      }
      return sums;
    }

    private int[] permutation(int place) {
      while (permutations.size() <= place) {
        permutations.add(permute(random(permutations.size())));
      }
      return permutations.get(place);
    }

    /** Shuffles from the front: the first draw alone is the image of zero, as in tails(). */
    private int[] permute(RandomGenerator random) {
      var permutation = new int[base];
      for (int digit = 0; digit < base; digit++) {
        permutation[digit] = digit;
      }
      for (int digit = 0; digit < base - 1; digit++) {
        int other = digit + random.nextInt(base - digit);
        int swapped = permutation[digit];
        permutation[digit] = permutation[other];
        permutation[other] = swapped;
      }
      return permutation;
    }

    private RandomGenerator random(int place) {
      if (streams == null) {
        throw new IllegalStateException("A plain sequence draws nothing.");
      }
      return streams.stream(Kind.STRATEGY, 0, name + "~" + place);
    }
  }
}
