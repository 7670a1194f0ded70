package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.space.Variation;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes {@code hierarchical}: cells of motifs of motifs; see {@link MotifHierarchy}. The paper (Liu
 * et al. 2018, arXiv:1711.00436) has 3 levels, 6 motifs of 4 nodes and a cell of 5 nodes; its flat
 * cells are those of 2 levels and 11 nodes. A mutation draws one edge again; crossover is the
 * standard one, and no part of the method.
 */
public final class HierarchicalProvider implements ArchitectureSpaceProvider {

  /** The operations of the paper; every edge can be {@code none}, too. */
  public static final List<Operation> OPERATIONS =
      List.of(
          Operation.CONV_1X1,
          Operation.DEPTHWISE_3X3,
          Operation.SEP_3X3,
          Operation.MAX_3X3,
          Operation.AVG_3X3,
          Operation.SKIP);

  private static final int LEVELS = 3;
  private static final int MOTIFS = 3;
  private static final int NODES = 3;

  /** For the service loader. */
  public HierarchicalProvider() {}

  @Override
  public String name() {
    return "hierarchical";
  }

  @Override
  public String description() {
    return "Cells that are put together from motifs, and these from smaller ones";
  }

  @Override
  public List<Option> options() {
    return StageNetwork.options(
        new Option("levels", "" + LEVELS, "levels, the operations and the cell among them"),
        new Option("motifs", "" + MOTIFS, "motifs of each level between"),
        new Option("nodes", "" + NODES, "nodes of such a motif"),
        new Option("cell-nodes", "" + NODES, "nodes of the cell"),
        SkeletonSettings.operationsOption(OPERATIONS));
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    Pictures.require("Space '%s'".formatted(name()), task);
    MotifHierarchy hierarchy = hierarchy(settings);
    StageNetwork network = StageNetwork.of(settings, StageNetwork.Between.SEPARABLE);
    SearchSpace.Builder space = SearchSpace.builder().variation(new EdgeVariation(hierarchy));
    hierarchy.addTo(space);
    return ArchitectureSpace.of(space, new MotifNetworks(hierarchy, network, task));
  }

  private static MotifHierarchy hierarchy(Settings settings) {
    return new MotifHierarchy(
        settings.getInt("levels", LEVELS, 2, MotifHierarchy.MOST_LEVELS),
        settings.getInt("motifs", MOTIFS, 1, MotifHierarchy.MOST_MOTIFS),
        settings.getInt("nodes", NODES, 2, MotifHierarchy.MOST_NODES),
        settings.getInt("cell-nodes", NODES, 2, MotifHierarchy.MOST_NODES),
        SkeletonSettings.operations(settings, OPERATIONS));
  }

  private record EdgeVariation(MotifHierarchy hierarchy) implements Variation {

    @Override
    public Configuration mutate(SearchSpace space, Configuration parent, RandomGenerator random) {
      return hierarchy.mutated(parent, random);
    }

    @Override
    public Configuration crossover(
        SearchSpace space, Configuration first, Configuration second, RandomGenerator random) {
      return Variation.standard().crossover(space, first, second, random);
    }
  }
}
