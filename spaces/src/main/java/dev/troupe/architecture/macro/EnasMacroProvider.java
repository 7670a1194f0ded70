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
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * The macro space of ENAS (Pham et al. 2018, arXiv:1802.03268), wired as in the authors' code: each
 * layer applies its operation to the layer before it, and then takes in any subset of what came
 * before that one, the stem (number 0) included. With 12 layers and 6 operations there are 6^12 *
 * 2^66 networks.
 *
 * <p>What is taken in is added, as in the search ({@code merge = add}), or concatenated and brought
 * back by a 1x1 convolution, as in the networks that are trained afterwards ({@code merge =
 * concatenate}), which also have twice the filters after each reduction. Reductions follow the
 * layers {@code layers / 3} and {@code 2 * (layers / 3)}: all that is read later is halved by a
 * factorised reduction.
 *
 * <p>Settings of the paper: {@code layers = 12, operations = [conv3, conv5, sep3, sep5, avg3,
 * max3], filters = 36}.
 */
public final class EnasMacroProvider implements ArchitectureSpaceProvider {

  private static final String NAME = "enas-macro";
  private static final String ADD = "add";
  private static final SkipBits SKIPS = new SkipBits("skip");
  private static final Setting<Integer> LAYERS =
      new Setting.Whole("layers", 4, 1, 40, "how many layers");
  private static final Setting<List<String>> OPERATIONS =
      new Setting.Choices(
          "operations",
          List.of("conv3", "sep3", "avg3", "max3"),
          MacroOperation.texts(),
          "what a layer may do");
  private static final Setting<Integer> FILTERS =
      new Setting.Whole("filters", 8, 2, 1 << 14, "filters of the stem and of each layer");
  private static final Setting<String> MERGE =
      new Setting.Choice(
          "merge", ADD, List.of(ADD, "concatenate"), "how skips are taken in: add, concatenate");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Whole networks of ENAS: an operation and any subset of earlier layers for each layer";
  }

  @Override
  public List<Option> options() {
    return Setting.options(LAYERS, OPERATIONS, FILTERS, MERGE);
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    Blocks.requirePictures(NAME, task);
    int layers = LAYERS.of(settings);
    List<String> operations = OPERATIONS.of(settings);
    int filters = FILTERS.of(settings);
    boolean isAdded = MERGE.of(settings).equals(ADD);
    SearchSpace.Builder space = SearchSpace.builder();
    for (int layer = 1; layer <= layers; layer++) {
      operation(layer, operations).addTo(space);
      SKIPS.addTo(space, 0, layer - 2, layer, List.of());
    }
    return ArchitectureSpace.of(
        space,
        configuration -> {
          var network = new Network(task, filters, isAdded);
          for (int layer = 1; layer <= layers; layer++) {
            network.append(
                MacroOperation.of(operation(layer, operations).of(configuration)),
                skips(configuration, layer));
            if (layer == layers / 3 || layer == 2 * (layers / 3)) {
              network.reduce();
            }
          }
          return network.end();
        });
  }

  private static Decision<String> operation(int layer, List<String> operations) {
    return Decision.text("operation-" + layer, operations);
  }

  private static List<Integer> skips(Configuration configuration, int layer) {
    return SKIPS.of(configuration, 0, layer - 2, layer);
  }

  /** A network that grows layer by layer. */
  private static final class Network {

    private final NetworkTask task;
    private final boolean isAdded;
    private final Architecture.Builder graph;

    /** Names of what later layers may read, the stem first; all of one shape. */
    private final List<String> outputs = new ArrayList<>();

    private int filters;

    Network(NetworkTask task, int filters, boolean isAdded) {
      this.task = task;
      this.filters = filters;
      this.isAdded = isAdded;
      graph = Architecture.builder(task.input());
      outputs.add(Blocks.linear(graph, graph.input(), filters, Window.square(3)));
    }

    private String last() {
      return outputs.get(outputs.size() - 1);
    }

    /** Adds a layer that takes in some of the outputs before the last. */
    void append(MacroOperation operation, List<Integer> skips) {
      String applied = apply(operation);
      if (skips.isEmpty()) {
        outputs.add(applied);
        return;
      }
      var inputs = new ArrayList<String>();
      skips.forEach(each -> inputs.add(outputs.get(each)));
      inputs.add(applied);
      if (isAdded) {
        String sum = graph.add(new Layer.Add(), inputs);
        outputs.add(graph.add(new Layer.BatchNormalization(), sum));
      } else {
        String all = graph.add(new Layer.Concatenate(), inputs);
        outputs.add(Blocks.convolution(graph, all, filters, Window.square(1)));
      }
    }

    /** Each operation comes after a 1x1 convolution, as in the authors' code. */
    private String apply(MacroOperation operation) {
      String input = Blocks.convolution(graph, last(), filters, Window.square(1));
      return operation.add(graph, input, filters);
    }

    /** Halves all outputs; what is not read any more is left out of the network in the end. */
    void reduce() {
      filters = isAdded ? filters : 2 * filters;
      outputs.replaceAll(this::reduced);
    }

    private String reduced(String output) {
      Shape shape = graph.shape(output);
      if (!shape.isVector()) {
        return Blocks.factorizedReduction(graph, output, filters);
      }
      return shape.channels() == filters
          ? output
          : Blocks.linear(graph, output, filters, Window.square(1));
    }

    Architecture end() {
      return Blocks.classified(graph, last(), task.outputs());
    }
  }
}
