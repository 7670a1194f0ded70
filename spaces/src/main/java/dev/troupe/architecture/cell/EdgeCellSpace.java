package dev.troupe.architecture.cell;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.CellStack;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.Optional;
import java.util.function.Function;

/**
 * A space of networks of cells with an operation on each edge: parameters {@code e01}, {@code e02},
 * {@code e12} and so on.
 *
 * @param task what the networks are for
 * @param network around the cells
 * @param decisions on the cell
 */
record EdgeCellSpace(NetworkTask task, StageNetwork network, EdgeDecisions decisions)
    implements Function<Configuration, Architecture>, CellStack {

  static ArchitectureSpace of(
      String name, NetworkTask task, StageNetwork network, EdgeDecisions decisions) {
    Pictures.require("Space '%s'".formatted(name), task);
    var space = new EdgeCellSpace(task, network, decisions);
    SearchSpace.Builder parameters = SearchSpace.builder();
    decisions.addTo(parameters);
    return ArchitectureSpace.of(parameters, space, space::canonical);
  }

  @Override
  public Architecture apply(Configuration configuration) {
    return around(configuration, network);
  }

  @Override
  public int cellsInRow() {
    return network.cells();
  }

  @Override
  public Architecture decode(Configuration configuration, double share) {
    return around(configuration, network.shortened(share));
  }

  private Architecture around(Configuration configuration, StageNetwork stages) {
    EdgeGraph<Operation> graph = decisions.read(configuration).graph();
    EdgeGraph<Step> steps = graph.map(operation -> Optional.of(Step.of(operation)));
    return stages.around(new EdgeBody("cell", steps, Combine.ADD), task);
  }

  private Configuration canonical(Configuration configuration) {
    EdgeCell cell = decisions.read(configuration);
    boolean hasNone = decisions.operations().contains(Operation.NONE);
    return hasNone ? Configuration.of(decisions.write(cell.canonical())) : configuration;
  }
}
