package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.Variation;
import java.util.List;

/**
 * Makes {@code enas-micro}: a normal cell and a reduction cell in which each node adds an operation
 * on one earlier node and an operation on another (Pham et al. 2018, arXiv:1802.03268). The paper
 * has 7 nodes, its two inputs among them, and counts {@code (5 (7 - 2)!)^4} pairs of cells; the
 * space has more configurations, since each node has two inputs and two operations.
 */
public final class EnasMicroProvider implements ArchitectureSpaceProvider {

  /** The operations of the paper. */
  public static final List<Operation> OPERATIONS =
      List.of(
          Operation.SEP_3X3,
          Operation.SEP_5X5,
          Operation.AVG_3X3,
          Operation.MAX_3X3,
          Operation.SKIP);

  private static final int NODES = 4;

  /** For the service loader. */
  public EnasMicroProvider() {}

  @Override
  public String name() {
    return "enas-micro";
  }

  @Override
  public String description() {
    return "Normal and reduction cells whose nodes add two operations on earlier nodes";
  }

  @Override
  public List<Option> options() {
    return SkeletonSettings.repeatedOptions(
        new Option("nodes", "" + NODES, "nodes of a cell, its two inputs among them"),
        SkeletonSettings.operationsOption(OPERATIONS));
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    int most = BlockDecisions.MOST_BLOCKS + BlockCell.INPUTS;
    int blocks = settings.getInt("nodes", NODES, BlockCell.INPUTS + 1, most) - BlockCell.INPUTS;
    List<Operation> operations = SkeletonSettings.operations(settings, OPERATIONS);
    List<BlockDecisions> cells =
        List.of(
            BlockDecisions.adding("normal", blocks, operations),
            BlockDecisions.adding("reduction", blocks, operations));
    return new BlockCellSpace(name(), task, SkeletonSettings.repeated(settings), Ends.LOOSE, cells)
        .toArchitectureSpace(Variation.standard());
  }
}
