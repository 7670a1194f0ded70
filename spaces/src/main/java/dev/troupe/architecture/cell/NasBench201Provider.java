package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.List;

/**
 * Makes {@code nas-bench-201}: 15,625 cells of four nodes, with one of five operations on each of
 * six edges (Dong, Yang 2020, arXiv:2001.00326). The benchmark has 16 channels, 5 cells in each of
 * 3 stages, that is 2 reductions.
 */
public final class NasBench201Provider implements ArchitectureSpaceProvider {

  /** The operations of the benchmark in its order. */
  public static final List<Operation> OPERATIONS =
      List.of(
          Operation.NONE,
          Operation.SKIP,
          Operation.CONV_1X1,
          Operation.CONV_3X3,
          Operation.AVG_3X3);

  private static final int NODES = 4;

  /** For the service loader. */
  public NasBench201Provider() {}

  @Override
  public String name() {
    return "nas-bench-201";
  }

  @Override
  public String description() {
    return "Cells of four nodes with one of five operations on each edge";
  }

  @Override
  public List<Option> options() {
    return StageNetwork.options();
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    StageNetwork network = StageNetwork.of(settings, StageNetwork.Between.RESIDUAL);
    return EdgeCellSpace.of(name(), task, network, new EdgeDecisions(NODES, OPERATIONS));
  }
}
