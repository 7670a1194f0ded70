package dev.troupe.architecture.cell;

import dev.troupe.architecture.CellStack;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Where the cells of a network stand and how wide they are. Each reduction cell halves the sides of
 * the picture and doubles the channels.
 *
 * @param channels of the first cell, at least 1
 * @param stemChannels of the 3x3 convolution before the first cell, at least 1
 * @param cells from the input on, at least one; unmodifiable
 * @param lastActivation whether a ReLU comes before the last pooling, as in NASNet, or none, as in
 *     DARTS
 */
public record Skeleton(int channels, int stemChannels, List<Kind> cells, boolean lastActivation) {

  /** What a cell does to the size of the picture. */
  public enum Kind {
    /** Keeps it. */
    NORMAL,
    /** Halves both sides. */
    REDUCTION
  }

  /** Checks the ranges above. */
  public Skeleton {
    cells = List.copyOf(cells);
    requireAtLeast("channels", channels, 1);
    requireAtLeast("channels of the stem", stemChannels, 1);
    requireAtLeast("cells", cells.size(), 1);
  }

  private static void requireAtLeast(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "A skeleton's number of %s must be at least %d, but was %d. Maybe %d."
              .formatted(what, least, value, least));
    }
  }

  /**
   * Returns the skeleton of NASNet: {@code normal} normal cells and a reduction cell, {@code
   * reductions} times, and {@code normal} normal cells.
   *
   * @param channels of the first cell and of the stem, at least 1
   * @param normal at least 1
   * @param reductions at least 0
   */
  public static Skeleton repeated(int channels, int normal, int reductions) {
    requireAtLeast("normal cells", normal, 1);
    requireAtLeast("reduction cells", reductions, 0);
    var cells = new ArrayList<Kind>();
    for (int i = 0; i <= reductions; i++) {
      cells.addAll(Collections.nCopies(normal, Kind.NORMAL));
      if (i < reductions) {
        cells.add(Kind.REDUCTION);
      }
    }
    return new Skeleton(channels, channels, cells, true);
  }

  /**
   * Returns the skeleton of DARTS: cells of which those at a third and at two thirds, rounded down,
   * are reduction cells.
   *
   * @param channels of the first cell and of the stem, at least 1
   * @param layers number of cells, at least 3
   */
  public static Skeleton thirds(int channels, int layers) {
    requireAtLeast("cells", layers, 3);
    var cells = new ArrayList<Kind>(Collections.nCopies(layers, Kind.NORMAL));
    cells.set(layers / 3, Kind.REDUCTION);
    cells.set(2 * layers / 3, Kind.REDUCTION);
    return new Skeleton(channels, channels, cells, false);
  }

  /** Returns the skeleton with another stem. */
  public Skeleton withStemChannels(int newChannels) {
    return new Skeleton(channels, newChannels, cells, lastActivation);
  }

  /**
   * Returns the skeleton scaled in depth and width: each run of normal cells is made longer by the
   * factor of the depth, rounded up, and the channels more by that of the width, rounded. The
   * resolution is a matter of the examples, not of the network.
   *
   * @param phi at least 0; 0 changes nothing
   */
  public Skeleton scaled(CompoundScaling scaling, double phi) {
    if (!(phi >= 0 && phi <= 100)) {
      throw new IllegalArgumentException(
          "A skeleton is scaled by a phi from 0 to 100, but it was %s. Maybe 1.".formatted(phi));
    }
    double width = scaling.width(phi);
    double depth = scaling.depth(phi);
    return new Skeleton(
        (int) Math.round(channels * width),
        (int) Math.round(stemChannels * width),
        rows(run -> scaled(run, depth)),
        lastActivation);
  }

  /**
   * Returns the skeleton with this share of each run of normal cells, rounded up.
   *
   * @param share above 0 and at most 1
   */
  public Skeleton shortened(double share) {
    return new Skeleton(
        channels, stemChannels, rows(run -> CellStack.share(run, share)), lastActivation);
  }

  /** Returns the cells with other lengths of the runs of normal ones. */
  private List<Kind> rows(IntUnaryOperator length) {
    var changed = new ArrayList<Kind>();
    int run = 0;
    for (Kind kind : cells) {
      if (kind == Kind.NORMAL) {
        run++;
      } else {
        changed.addAll(Collections.nCopies(length.applyAsInt(run), Kind.NORMAL));
        changed.add(kind);
        run = 0;
      }
    }
    changed.addAll(Collections.nCopies(length.applyAsInt(run), Kind.NORMAL));
    return changed;
  }

  /** Returns how long the longest run of normal cells is, possibly 0. */
  public int longestRun() {
    int longest = 0;
    int run = 0;
    for (Kind kind : cells) {
      run = kind == Kind.NORMAL ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** A whole number may have come out a little above itself. */
  private static int scaled(int cells, double factor) {
    return (int) Math.ceil(cells * factor - 1e-9);
  }

  /** Returns how many cells of a kind there are. */
  public int count(Kind kind) {
    return Collections.frequency(cells, kind);
  }
}
