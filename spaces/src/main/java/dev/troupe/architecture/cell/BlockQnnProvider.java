package dev.troupe.architecture.cell;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.CellStack;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Makes {@code block-qnn}: blocks of up to so many layers, each with a type, a kernel and one or
 * two inputs, stacked with poolings between stages (Zhong et al. 2018, arXiv:1708.05552); see
 * {@link StructureCode}. The paper has at most 23 layers. A layer's parameters exist while no
 * earlier one is {@code terminal}, so that a walk from the first layer on is an episode of the
 * method; the first layer cannot be terminal.
 */
public final class BlockQnnProvider implements ArchitectureSpaceProvider {

  static final String TERMINAL = "terminal";

  private static final int LAYERS = 6;
  private static final int MOST_LAYERS = 50;

  /** For the service loader. */
  public BlockQnnProvider() {}

  @Override
  public String name() {
    return "block-qnn";
  }

  @Override
  public String description() {
    return "Blocks of layers with a type, a kernel and inputs, which end where they choose";
  }

  @Override
  public List<Option> options() {
    return StageNetwork.options(new Option("layers", "" + LAYERS, "the most layers of a block"));
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    Pictures.require("Space '%s'".formatted(name()), task);
    int layers = settings.getInt("layers", LAYERS, 1, MOST_LAYERS);
    StageNetwork network = StageNetwork.of(settings, StageNetwork.Between.POOLING);
    SearchSpace.Builder space = SearchSpace.builder();
    for (int layer = 1; layer <= layers; layer++) {
      add(layer, space);
    }
    return ArchitectureSpace.of(space, new BlockNetworks(layers, network, task));
  }

  /** Networks of blocks, also with fewer of them. */
  private record BlockNetworks(int layers, StageNetwork network, NetworkTask task)
      implements Function<Configuration, Architecture>, CellStack {

    @Override
    public Architecture apply(Configuration configuration) {
      return network.around(new CodedBlock(code(configuration, layers)), task);
    }

    @Override
    public int cellsInRow() {
      return network.cells();
    }

    @Override
    public Architecture decode(Configuration configuration, double share) {
      return network.shortened(share).around(new CodedBlock(code(configuration, layers)), task);
    }
  }

  private static void add(int layer, SearchSpace.Builder space) {
    List<String> types = Stream.of(StructureCode.Type.values()).map(each -> each.text()).toList();
    String type = name(layer, "type");
    if (layer == 1) {
      space.add(CategoricalParameter.of(type, types.toArray()));
    } else {
      Object[] withTerminal = Stream.concat(types.stream(), Stream.of(TERMINAL)).toArray();
      space.add(
          CategoricalParameter.of(type, withTerminal),
          Condition.oneOf(name(layer - 1, "type"), types.toArray()));
    }
    space.add(
        CategoricalParameter.ordered(name(layer, "kernel"), 1, 3, 5),
        when(layer, StructureCode.Type.CONVOLUTION));
    space.add(
        CategoricalParameter.ordered(name(layer, "pool"), 1, 3),
        when(layer, StructureCode.Type.MAX_POOLING, StructureCode.Type.AVERAGE_POOLING));
    Object[] inputs = LongStream.range(0, layer).boxed().toArray();
    space.add(
        CategoricalParameter.of(name(layer, "input-a"), inputs),
        Condition.oneOf(type, types.toArray()));
    space.add(
        CategoricalParameter.of(name(layer, "input-b"), inputs),
        when(layer, StructureCode.Type.ADD, StructureCode.Type.CONCATENATE));
  }

  private static Condition when(int layer, StructureCode.Type... types) {
    return Condition.oneOf(
        name(layer, "type"), Stream.of(types).map(StructureCode.Type::text).toArray());
  }

  private static String name(int layer, String decision) {
    return "layer-%d-%s".formatted(layer, decision);
  }

  /**
   * Returns the code that a valid configuration describes.
   *
   * @param layers the most that the space has
   */
  public static StructureCode code(Configuration configuration, int layers) {
    var found = new ArrayList<StructureCode.CodedLayer>();
    for (int layer = 1; layer <= layers; layer++) {
      String type = configuration.getString(name(layer, "type"));
      if (type.equals(TERMINAL)) {
        break;
      }
      found.add(layer(configuration, layer, StructureCode.Type.of(type)));
    }
    return new StructureCode(found);
  }

  private static StructureCode.CodedLayer layer(
      Configuration configuration, int layer, StructureCode.Type type) {
    int kernel = 0;
    if (type == StructureCode.Type.CONVOLUTION) {
      kernel = configuration.getInt(name(layer, "kernel"));
    } else if (type.pools()) {
      kernel = configuration.getInt(name(layer, "pool"));
    }
    int first = configuration.getInt(name(layer, "input-a"));
    return new StructureCode.CodedLayer(
        type,
        kernel,
        type.merges()
            ? List.of(first, configuration.getInt(name(layer, "input-b")))
            : List.of(first));
  }
}
