package dev.troupe.strategy.bayes;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How large a region to trust a model in, where there are too many dimensions to trust it
 * everywhere (TuRBO: Eriksson, Pearce, Gardner, Turner, Poloczek 2019, arXiv:1910.01741). After
 * some improvements in a row the sides of the region double, after many trials without one they are
 * halved, and when they have become too short the search starts again elsewhere. Other than there,
 * what was learned elsewhere stays in the model. Not thread safe.
 */
final class TrustRegion {

  private static final double FIRST = 0.8;
  private static final double LONGEST = 1.6;
  private static final double SHORTEST = 1.0 / 128;
  private static final int LUCK = 3;
  private static final double LEAST_GAIN = 1e-3;

  private final int patience;
  private final int initial;
  private double length = FIRST;
  private int successes;
  private int failures;
  private double best = Double.POSITIVE_INFINITY;

  /** Trials up to this one belong to earlier regions. */
  private long after;

  /** The newest trial that was heard of. */
  private long newest;

  /** How many observations were taken into account. */
  private int seen;

  /** How many of them belong to this region. */
  private int own;

  /** How many evenly spread suggestions this region still begins with. */
  private int undesigned;

  /**
   * Begins the first region, whose design is not its own business.
   *
   * @param patience trials without an improvement until the region is halved, at least 1
   * @param initial evenly spread trials that each later region begins with, at least 1
   */
  TrustRegion(int patience, int initial) {
    this.patience = patience;
    this.initial = initial;
  }

  /**
   * Takes new observations into account.
   *
   * @param losses of all observations
   * @param newestTrial the newest trial that has been started
   */
  void update(Observations observations, double[] losses, long newestTrial) {
    newest = Math.max(newest, newestTrial);
    for (; seen < losses.length; seen++) {
      if (observations.trial(seen).number() > after) {
        take(losses[seen]);
      }
    }
  }

  private void take(double loss) {
    own++;
    boolean isBetter =
        loss < best - LEAST_GAIN * Math.abs(best) || best == Double.POSITIVE_INFINITY;
    best = Math.min(best, loss);
    if (own <= initial) {
      return;
    }
    successes = isBetter ? successes + 1 : 0;
    failures = isBetter ? 0 : failures + 1;
    if (successes == LUCK) {
      resize(Math.min(2 * length, LONGEST));
    } else if (failures == patience) {
      resize(length / 2);
    }
  }

  private void resize(double to) {
    length = to;
    successes = 0;
    failures = 0;
    if (length < SHORTEST) {
      length = FIRST;
      best = Double.POSITIVE_INFINITY;
      own = 0;
      after = newest;
      undesigned = initial;
    }
  }

  /** Returns whether the next suggestion is to be one of an evenly spread design. */
  boolean needsDesign() {
    return undesigned > 0;
  }

  /** Takes notice of such a suggestion. */
  void designed() {
    undesigned--;
  }

  /** Returns the trial after which those of this region begin. */
  long after() {
    return after;
  }

  /** Returns the length of its sides, if all dimensions mattered alike. */
  double length() {
    return length;
  }

  /**
   * Returns the region: its sides are as long in proportion as the length scales, their geometric
   * mean being {@link #length}.
   *
   * @param lengthScales shape [d]; 0 where there is none
   */
  Region around(double[] center, double[] lengthScales) {
    double sum = 0;
    int count = 0;
    for (double scale : lengthScales) {
      if (scale > 0) {
        sum += StrictMath.log(scale);
        count++;
      }
    }
    double mean = count > 0 ? StrictMath.exp(sum / count) : 1;
    var sides = new double[center.length];
    for (int j = 0; j < sides.length; j++) {
      sides[j] = length * (lengthScales[j] > 0 ? lengthScales[j] / mean : 1);
    }
    return Region.around(center, sides);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeDouble(length);
    out.writeInt(successes);
    out.writeInt(failures);
    out.writeDouble(best);
    out.writeLong(after);
    out.writeLong(newest);
    out.writeInt(seen);
    out.writeInt(own);
    out.writeInt(undesigned);
  }

  /** Returns one as it was written. */
  TrustRegion read(DataInputStream in) throws IOException {
    var read = new TrustRegion(patience, initial);
    read.length = in.readDouble();
    read.successes = in.readInt();
    read.failures = in.readInt();
    read.best = in.readDouble();
    read.after = in.readLong();
    read.newest = in.readLong();
    read.seen = in.readInt();
    read.own = in.readInt();
    read.undesigned = in.readInt();
    return read;
  }
}
