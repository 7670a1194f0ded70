package dev.troupe.architecture.macro;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks of several branches (Elsken, Metzen, Hutter 2019, arXiv:1808.05377, section 2): each
 * layer reads the one before it and any subset of those before that one, the stem (number 0)
 * included. What it reads is added, as in residual networks, or concatenated, as in dense ones; the
 * setting {@code merge = choose} leaves that to each layer.
 *
 * <p>Before an addition, inputs of other shape than the layer before are brought to its shape by a
 * 1x1 convolution and a normalisation; before a concatenation, those of other size alone.
 */
public final class MultiBranchProvider implements ArchitectureSpaceProvider {

  private static final String NAME = "multi-branch";
  private static final int MOST_LAYERS = 40;
  private static final String ADD = "add";
  private static final String CONCATENATE = "concatenate";
  private static final String CHOOSE = "choose";
  private static final Setting<Integer> LAYERS =
      new Setting.Whole("layers", 4, 1, MOST_LAYERS, "how many layers");
  private static final Setting<List<String>> OPERATIONS =
      new Setting.Choices(
          "operations",
          List.of("conv1", "conv3", "max3", "avg3", "identity"),
          MacroOperation.texts(),
          "what a layer may do");
  private static final Setting<List<Integer>> FILTERS =
      new Setting.Wholes("filters", List.of(4, 8), 1, 1 << 14, "filters of a convolution");
  private static final Setting<String> MERGE =
      new Setting.Choice(
          "merge",
          CHOOSE,
          List.of(ADD, CONCATENATE, CHOOSE),
          "what layers do with several inputs: add, concatenate, choose");
  private static final Setting<Integer> REDUCTIONS =
      new Setting.Whole(
          "reductions", 1, 0, 10, "how often the picture is halved, evenly spaced over the layers");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Layers that add or concatenate any of the earlier ones, as residual and dense networks";
  }

  @Override
  public List<Option> options() {
    return Setting.options(LAYERS, OPERATIONS, FILTERS, MERGE, REDUCTIONS);
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    Blocks.requirePictures(NAME, task);
    var code =
        new MultiBranchCode(
            LAYERS.of(settings),
            OPERATIONS.of(settings),
            FILTERS.of(settings),
            merges(MERGE.of(settings)));
    int reductions = REDUCTIONS.of(settings);
    return ArchitectureSpace.of(
        code.space(),
        configuration -> new Network(task, code, configuration).build(reductions),
        code::canonical);
  }

  private static List<String> merges(String merge) {
    return merge.equals(CHOOSE) ? List.of(ADD, CONCATENATE) : List.of(merge);
  }

  /** A network that grows layer by layer. */
  private static final class Network {

    private final NetworkTask task;
    private final MultiBranchCode code;
    private final Configuration configuration;
    private final Architecture.Builder graph;

    /** Names of what later layers may read, the stem first. */
    private final List<String> outputs = new ArrayList<>();

    Network(NetworkTask task, MultiBranchCode code, Configuration configuration) {
      this.task = task;
      this.code = code;
      this.configuration = configuration;
      graph = Architecture.builder(task.input());
    }

    Architecture build(int reductions) {
      int stem = code.filters().get(0);
      String last = Blocks.convolution(graph, graph.input(), stem, Window.square(3));
      outputs.add(reduced(last, 0, reductions));
      for (int layer = 1; layer <= code.layers(); layer++) {
        MacroOperation operation = code.operation(configuration, layer);
        int filters = operation.keepsChannels() ? 0 : code.filters(configuration, layer);
        last = operation.add(graph, merged(layer), filters);
        outputs.add(reduced(last, layer, reductions));
      }
      return Blocks.classified(graph, outputs.get(code.layers()), task.outputs());
    }

    /** Halves an output as often as reductions fall behind its layer. */
    private String reduced(String output, int layer, int reductions) {
      String last = output;
      for (int i = 1; i <= reductions; i++) {
        last = i * code.layers() / (reductions + 1) == layer ? Blocks.halved(graph, last) : last;
      }
      return last;
    }

    private String merged(int layer) {
      String previous = outputs.get(layer - 1);
      Shape wanted = graph.shape(previous);
      boolean isAdded = code.merge(configuration, layer).equals(ADD);
      var inputs = new ArrayList<String>();
      for (int from : code.skips(configuration, layer)) {
        inputs.add(projected(outputs.get(from), wanted, isAdded));
      }
      inputs.add(previous);
      return Blocks.merged(graph, isAdded ? new Layer.Add() : new Layer.Concatenate(), inputs);
    }

    private String projected(String output, Shape wanted, boolean isAdded) {
      Shape shape = graph.shape(output);
      if (shape.hasSidesOf(wanted) && (!isAdded || shape.channels() == wanted.channels())) {
        return output;
      }
      int filters = isAdded ? wanted.channels() : shape.channels();
      Window window = Window.square(1);
      while (!window.over(shape).hasSidesOf(wanted)) {
        window = window.withStride(2 * window.strideHeight()); // halving repeatedly does the same
      }
      return Blocks.linear(graph, output, filters, window);
    }
  }
}
