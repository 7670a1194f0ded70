package dev.troupe.architecture.cell;

import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.Map;

/**
 * The parameters of a space that decide on one cell of blocks, and their meaning both ways. Pure
 * and thread safe.
 */
public interface CellDecisions {

  /** Adds the parameters, in the order in which a sequential policy decides on them. */
  void addTo(SearchSpace.Builder space);

  /** Returns the cell that a valid configuration describes. */
  BlockCell read(Configuration configuration);

  /**
   * Returns the values that describe a cell.
   *
   * @throws IllegalArgumentException if these decisions cannot lead to it
   */
  Map<String, Object> write(BlockCell cell);

  /** Returns the cell of every first choice, which stands for a cell that does not matter. */
  BlockCell least();
}
