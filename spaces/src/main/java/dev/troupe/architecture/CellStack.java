package dev.troupe.architecture;

import dev.troupe.space.Configuration;

/**
 * A space whose networks repeat cells: it can also build them with fewer, to judge the cells at
 * less cost. Found behind a space by {@link dev.troupe.space.Decoder#unwrap}. Pure and thread safe.
 */
public interface CellStack {

  /** Returns the most equal cells that stand in a row, at least 1; with 1 none can be left out. */
  int cellsInRow();

  /**
   * Returns the network of a configuration with fewer cells.
   *
   * @param configuration valid; may have values of other parameters, too
   * @param share of the cells in each row, rounded up, above 0 and at most 1, which leaves out none
   */
  Architecture decode(Configuration configuration, double share);

  /** Returns how many of the cells in a row a share is, at least 1 if there is any. */
  static int share(int cells, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "A share of cells must be above 0 and at most 1, but was %s. Maybe 0.5."
              .formatted(share));
    }
    // A whole number may have come out a little above itself.
    return (int) Math.ceil(cells * share - 1e-9);
  }
}
