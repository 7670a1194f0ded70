package dev.troupe.architecture.cell;

import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configurations of a space of one cell, {@code pnas} say, in the order of progressive search:
 * those of one block, and those with a block more than others. All are in canonical form. Pure and
 * thread safe.
 */
public final class GrowingCells {

  private final BlockDecisions decisions;

  private GrowingCells(BlockDecisions decisions) {
    this.decisions = decisions;
  }

  /**
   * Returns the growing cells of a space; it may have other parameters, too.
   *
   * @throws IllegalArgumentException if it has no single cell whose number of blocks is a decision
   */
  public static GrowingCells of(SearchSpace space) {
    return BlockCellSpace.behind(space)
        .filter(cells -> cells.cells().size() == 1)
        .map(BlockCellSpace::normal)
        .filter(BlockDecisions.class::isInstance)
        .map(BlockDecisions.class::cast)
        .filter(BlockDecisions::isGrowing)
        .map(GrowingCells::new)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cells grow in a space of one cell whose number of blocks is a decision, but this one decides on %s. Maybe architecture { name = pnas, blocks = 3, fewest-blocks = 1 }."
                        .formatted(space.names())));
  }

  /** Returns the decisions on the cell. */
  public CellDecisions decisions() {
    return decisions;
  }

  /** Returns how many blocks the cell of a configuration has. */
  public int blocks(Configuration configuration) {
    return decisions.read(configuration).size();
  }

  /**
   * Returns the cells of one block: {@code n (n + 1) / 2} for n twice the number of operations.
   *
   * @param others values of the other parameters of the space, which each of them gets
   * @throws IllegalArgumentException if the space has no cells of one block
   */
  public List<Configuration> smallest(Configuration others) {
    return written(BlockCell.smallest(decisions.operations()), others);
  }

  /**
   * Returns all cells with one block more than this one, none twice, the other parameters
   * unchanged; none if it has the most already.
   */
  public List<Configuration> extend(Configuration configuration) {
    BlockCell cell = decisions.read(configuration);
    return cell.size() == decisions.most()
        ? List.of()
        : written(cell.extensions(decisions.operations()), configuration);
  }

  private List<Configuration> written(List<BlockCell> cells, Configuration others) {
    Map<String, Object> kept = new LinkedHashMap<>(others.toMap());
    kept.keySet().removeIf(name -> name.startsWith(decisions.name() + "-"));
    Set<Configuration> found = new LinkedHashSet<>();
    for (BlockCell cell : cells) {
      var values = new LinkedHashMap<String, Object>(decisions.write(cell.canonical()));
      values.putAll(kept);
      found.add(Configuration.of(values));
    }
    return List.copyOf(found);
  }
}
