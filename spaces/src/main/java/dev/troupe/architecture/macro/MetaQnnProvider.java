package dev.troupe.architecture.macro;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Window;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.SearchSpace;
import java.util.List;

/**
 * MetaQNN's chains of convolutions, poolings and dense layers (Baker et al. 2016,
 * arXiv:1611.02167).
 *
 * <p>There is a parameter for each layer, {@code layer-1} and so on, up to the first that is an
 * end; {@link ChainCode} says what a step means that is not legal where it stands. A walk that
 * draws them at random is near to one that draws legal steps evenly.
 *
 * <p>Settings of the paper: {@code depth = 12, filters = [64, 128, 256, 512], kernels = [1, 3, 5],
 * pools = [5/3, 3/2, 2/2], units = [512, 256, 128]}, without normalisations.
 */
public final class MetaQnnProvider implements ArchitectureSpaceProvider {

  private static final String NAME = "metaqnn";
  private static final int WIDEST = 1 << 16;
  private static final Setting<Integer> DEPTH =
      new Setting.Whole("depth", 4, 1, 50, "the most layers before the end");
  private static final Setting<List<Integer>> FILTERS =
      new Setting.Wholes("filters", List.of(8, 16), 1, WIDEST, "filters of a convolution");
  private static final Setting<List<Integer>> KERNELS =
      new Setting.Wholes("kernels", List.of(1, 3, 5), 1, 31, "sides of a convolution's kernel");
  private static final Setting<List<ChainStep.Pooling>> POOLS =
      new PoolSetting(List.of(new ChainStep.Pooling(3, 2), new ChainStep.Pooling(2, 2)));
  private static final Setting<List<Integer>> UNITS =
      new Setting.Wholes("units", List.of(64, 32), 1, WIDEST, "units of a dense layer");
  private static final Setting<Integer> DENSE =
      new Setting.Whole("most-dense", 2, 0, 10, "how many dense layers there may be");
  private static final Setting<List<Integer>> BINS =
      new Setting.Wholes(
          "bins", List.of(8, 4), 1, WIDEST, "bins of the size; up to the first, dense is legal");
  private static final Setting<Boolean> NORMALIZED =
      new Setting.Flag("batch-normalization", true, "whether convolutions are normalised");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Chains of convolutions, poolings and dense layers by the rules of MetaQNN";
  }

  @Override
  public List<Option> options() {
    return Setting.options(DEPTH, FILTERS, KERNELS, POOLS, UNITS, DENSE, BINS, NORMALIZED);
  }

  /**
   * Returns the states and steps of the space that {@link #create} makes of the same arguments.
   *
   * @throws IllegalArgumentException if a setting is wrong
   */
  public ChainGraph graph(NetworkTask task, Settings settings) {
    Blocks.requirePictures(NAME, task);
    var vocabulary =
        new ChainVocabulary(
            DEPTH.of(settings),
            FILTERS.of(settings),
            KERNELS.of(settings),
            POOLS.of(settings),
            UNITS.of(settings),
            DENSE.of(settings),
            BINS.of(settings));
    return new ChainGraph(task.input(), vocabulary);
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    var code = new ChainCode(graph(task, settings));
    boolean isNormalized = NORMALIZED.of(settings);
    return ArchitectureSpace.of(
        space(code),
        configuration -> network(task, code.steps(configuration), isNormalized),
        configuration -> code.configuration(code.steps(configuration)));
  }

  private static SearchSpace.Builder space(ChainCode code) {
    SearchSpace.Builder space = SearchSpace.builder();
    List<List<String>> choices = code.choices();
    for (int layer = 0; layer < choices.size(); layer++) {
      var parameter = CategoricalParameter.of(ChainCode.name(layer), choices.get(layer).toArray());
      if (layer == 0) {
        space.add(parameter);
      } else {
        space.add(parameter, goesOn(layer - 1, choices.get(layer - 1)));
      }
    }
    return space;
  }

  private static Condition goesOn(int layer, List<String> choices) {
    List<String> ends = List.of(ChainStep.End.GLOBAL_AVERAGE.text(), ChainStep.End.SOFTMAX.text());
    return Condition.oneOf(
        ChainCode.name(layer), choices.stream().filter(each -> !ends.contains(each)).toArray());
  }

  private static Architecture network(
      NetworkTask task, List<ChainStep> steps, boolean isNormalized) {
    Architecture.Builder graph = Architecture.builder(task.input());
    String last = graph.input();
    for (ChainStep step : steps) {
      last = append(graph, last, step, isNormalized);
    }
    return graph.output(task.outputs(), last);
  }

  private static String append(
      Architecture.Builder graph, String last, ChainStep step, boolean isNormalized) {
    if (step instanceof ChainStep.Convolution convolution) {
      Window window = Window.square(convolution.kernel());
      if (isNormalized) {
        return Blocks.convolution(graph, last, convolution.filters(), window);
      }
      var layer = new Layer.Convolution(convolution.filters(), window, true);
      return Blocks.relu(graph, graph.add(layer, last));
    }
    if (step instanceof ChainStep.Pooling pooling) {
      return graph.add(new Layer.Pooling(Layer.Pool.MAX, ChainGraph.window(pooling)), last);
    }
    if (step == ChainStep.End.GLOBAL_AVERAGE) {
      // The paper's 1x1 convolution to the classes comes first; a mean of it is one of its input.
      return graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), last);
    }
    String flat = graph.shape(last).isVector() ? last : graph.add(new Layer.Flatten(), last);
    return step instanceof ChainStep.Dense dense
        ? Blocks.relu(graph, graph.add(new Layer.Dense(dense.units(), true), flat))
        : flat;
  }

  /** Poolings, each written as size/stride. */
  private record PoolSetting(List<ChainStep.Pooling> fallback)
      implements Setting<List<ChainStep.Pooling>> {

    private static final String KEY = "pools";

    @Override
    public Option option() {
      List<String> shown =
          fallback.stream().map(pool -> pool.size() + "/" + pool.stride()).toList();
      return new Option(KEY, shown.toString(), "sizes of poolings, each with its stride");
    }

    @Override
    public List<ChainStep.Pooling> of(Settings settings) {
      String rule = "must be a list of size/stride, each from 1 to 31, such as [3/2, 2/2]";
      return Setting.list(settings, KEY, fallback, rule, PoolSetting::read);
    }

    private static ChainStep.Pooling read(String text) {
      String[] parts = text.strip().split("/", -1);
      int size = Setting.inRange(Integer.valueOf(parts[0]), 1, 31);
      int stride = parts.length == 1 ? size : Setting.inRange(Integer.valueOf(parts[1]), 1, 31);
      if (parts.length > 2) {
        throw new IllegalArgumentException("Too many parts.");
      }
      return new ChainStep.Pooling(size, stride);
    }
  }
}
