package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.List;

/**
 * Makes {@code cell}: cells of any number of nodes with an operation on each edge, in the network
 * of NAS-Bench-201 (Dong, Yang 2020, arXiv:2001.00326).
 */
public final class EdgeCellProvider implements ArchitectureSpaceProvider {

  private static final int NODES = 4;
  private static final List<Operation> OPERATIONS =
      List.of(
          Operation.NONE,
          Operation.SKIP,
          Operation.CONV_1X1,
          Operation.CONV_3X3,
          Operation.MAX_3X3,
          Operation.AVG_3X3);

  /** For the service loader. */
  public EdgeCellProvider() {}

  @Override
  public String name() {
    return "cell";
  }

  @Override
  public String description() {
    return "Cells with an operation of a list of one's own on each edge";
  }

  @Override
  public List<Option> options() {
    return StageNetwork.options(
        new Option("nodes", "" + NODES, "nodes of the cell, input and output among them"),
        SkeletonSettings.operationsOption(OPERATIONS));
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    int nodes = settings.getInt("nodes", NODES, 2, EdgeCell.MOST_NODES);
    List<Operation> operations = SkeletonSettings.operations(settings, OPERATIONS);
    StageNetwork network = StageNetwork.of(settings, StageNetwork.Between.RESIDUAL);
    return EdgeCellSpace.of(name(), task, network, new EdgeDecisions(nodes, operations));
  }
}
