package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.Variation;
import java.util.List;

/**
 * Makes {@code darts}: a normal cell and a reduction cell whose nodes add operations on two
 * different earlier nodes; all nodes are put out (Liu, Simonyan, Yang 2019, arXiv:1806.09055). The
 * paper has 4 nodes, 8 cells of 16 channels while it searches and 20 of 36 afterwards, and a stem
 * three times as wide. See {@link Discretisation} for cells of relaxed operations.
 */
public final class DartsProvider implements ArchitectureSpaceProvider {

  /** The operations of the paper; {@code none} serves the relaxation alone. */
  public static final List<Operation> OPERATIONS =
      List.of(
          Operation.MAX_3X3,
          Operation.AVG_3X3,
          Operation.SKIP,
          Operation.SEP_3X3,
          Operation.SEP_5X5,
          Operation.DIL_3X3,
          Operation.DIL_5X5);

  private static final int NODES = 2;

  /** For the service loader. */
  public DartsProvider() {}

  @Override
  public String name() {
    return "darts";
  }

  @Override
  public String description() {
    return "Normal and reduction cells whose nodes have two different inputs and are all put out";
  }

  @Override
  public List<Option> options() {
    return SkeletonSettings.thirdsOptions(
        new Option("nodes", "" + NODES, "nodes of a cell, without its inputs"),
        SkeletonSettings.operationsOption(OPERATIONS));
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    int nodes = settings.getInt("nodes", NODES, 1, BlockDecisions.MOST_BLOCKS);
    List<Operation> operations = SkeletonSettings.operations(settings, OPERATIONS);
    List<PairDecisions> cells =
        List.of(
            new PairDecisions("normal", nodes, operations),
            new PairDecisions("reduction", nodes, operations));
    return new BlockCellSpace(name(), task, SkeletonSettings.thirds(settings), Ends.ALL, cells)
        .toArchitectureSpace(Variation.standard());
  }
}
