package dev.troupe.architecture.cell;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configurations of the space {@code pnas} in the order of progressive search: those of one
 * block, and those with a block more than others. All are in canonical form. Pure and thread safe.
 */
public final class GrowingCells {

  private static final String BLOCKS = PnasProvider.CELL + "-blocks";
  private static final String OPERATION = PnasProvider.CELL + "-1-operation-a";

  private final BlockDecisions decisions;

  private GrowingCells(BlockDecisions decisions) {
    this.decisions = decisions;
  }

  /**
   * Returns the growing cells of a space; it may have other parameters, too.
   *
   * @throws IllegalArgumentException if the number of blocks is none of its decisions
   */
  public static GrowingCells of(SearchSpace space) {
    if (!space.has(BLOCKS) || !space.has(OPERATION)) {
      throw new IllegalArgumentException(
          "Cells grow in a space with the parameter '%s', but this one has %s. Maybe architecture { name = pnas, blocks = 3, fewest-blocks = 1 }."
              .formatted(BLOCKS, space.names()));
    }
    var blocks = (IntParameter) space.parameter(BLOCKS);
    var operations = (CategoricalParameter) space.parameter(OPERATION);
    return new GrowingCells(
        new BlockDecisions(
            PnasProvider.CELL,
            (int) blocks.low(),
            (int) blocks.high(),
            Operation.listOf(operations.choices().stream().map(Object::toString).toList()),
            List.of(Combine.ADD)));
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
    kept.keySet().removeIf(name -> name.startsWith(PnasProvider.CELL + "-"));
    Set<Configuration> found = new LinkedHashSet<>();
    for (BlockCell cell : cells) {
      var values = new LinkedHashMap<String, Object>(decisions.write(cell.canonical()));
      values.putAll(kept);
      found.add(Configuration.of(values));
    }
    return List.copyOf(found);
  }
}
