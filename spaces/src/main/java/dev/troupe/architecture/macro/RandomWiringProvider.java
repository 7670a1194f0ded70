package dev.troupe.architecture.macro;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Window;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Randomly wired networks (Xie et al. 2019, arXiv:1904.01569): stages of nodes that are joined by a
 * random graph. What is searched is the generator of the graphs, its parameters and its seed.
 *
 * <p>A node sums its inputs, each times the sigmoid of a trained number, if it has several; then
 * come a ReLU, a separable 3x3 convolution and a normalisation. Nodes without a predecessor read
 * the stage's input with stride 2, and the mean of those without a successor leaves the stage. Each
 * stage has twice the channels of the one before. The first convolution keeps the size of the
 * picture, which the paper halves. Two seeds can draw the same graph, and so mean the same network.
 *
 * <p>Settings of the paper: {@code nodes = 32, stages = 3, links = [5], neighbours = [4]} and
 * probabilities from 0.2 to 0.8.
 */
public final class RandomWiringProvider implements ArchitectureSpaceProvider {

  private static final String NAME = "random-wiring";
  private static final Setting<Integer> NODES =
      new Setting.Whole("nodes", 8, 5, 128, "nodes of each stage");
  private static final Setting<List<Integer>> STAGES =
      new Setting.Wholes("stages", List.of(2, 3), 1, 6, "how many stages");
  private static final Setting<Integer> CHANNELS =
      new Setting.Whole("channels", 4, 1, 1 << 12, "channels of the first stage");
  private static final Setting<List<String>> GENERATORS =
      new Setting.Choices(
          "generators",
          Wirings.GENERATORS,
          Wirings.GENERATORS,
          "Erdős-Rényi, Barabási-Albert, Watts-Strogatz");
  private static final Setting<List<Double>> PAIRS =
      new Setting.Reals(
          "pair-probabilities",
          List.of(0.4, 0.6),
          0,
          1,
          "P of er: of each pair, at least ln n / n");
  private static final Setting<List<Integer>> LINKS =
      new Setting.Wholes("links", List.of(1, 2, 3, 4), 1, 127, "M of ba: of each new node");
  private static final Setting<List<Integer>> NEIGHBOURS =
      new Setting.Wholes("neighbours", List.of(2, 4), 2, 126, "K of ws: in the ring, even");
  private static final Setting<List<Double>> REWIRINGS =
      new Setting.Reals(
          "rewiring-probabilities", List.of(0.25, 0.5, 0.75), 0, 1, "P of ws: of each edge");
  private static final Setting<Integer> SEEDS =
      new Setting.Whole("seeds", 100, 1, 1 << 30, "how many seeds there are");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Randomly wired networks: a generator of graphs, its parameters, and a seed";
  }

  @Override
  public List<Option> options() {
    return Setting.options(
        NODES, STAGES, CHANNELS, GENERATORS, PAIRS, LINKS, NEIGHBOURS, REWIRINGS, SEEDS);
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    Blocks.requirePictures(NAME, task);
    var stages = Decision.number("stages", STAGES.of(settings));
    var wirings =
        new Wirings(
            NODES.of(settings),
            GENERATORS.of(settings),
            PAIRS.of(settings),
            LINKS.of(settings),
            NEIGHBOURS.of(settings),
            REWIRINGS.of(settings),
            SEEDS.of(settings));
    int channels = CHANNELS.of(settings);
    var space = wirings.space();
    stages.addTo(space);
    return ArchitectureSpace.of(
        space,
        configuration -> {
          Architecture.Builder graph = Architecture.builder(task.input());
          String last = Blocks.linear(graph, graph.input(), channels, Window.square(3));
          for (int stage = 1; stage <= stages.of(configuration); stage++) {
            last = stage(graph, last, wirings.draw(configuration, stage), channels << (stage - 1));
          }
          return Blocks.classified(graph, Blocks.relu(graph, last), task.outputs());
        });
  }

  private static String stage(
      Architecture.Builder graph, String input, RandomGraph wiring, int channels) {
    int stride = Blocks.halving(graph.shape(input));
    var outputs = new ArrayList<String>();
    for (int node = 0; node < wiring.size(); node++) {
      List<Integer> before = wiring.before(node);
      boolean isSource = before.isEmpty();
      List<String> inputs = isSource ? List.of(input) : before.stream().map(outputs::get).toList();
      String sum = Blocks.merged(graph, new Layer.GatedAdd(), inputs);
      Window window = Window.square(3).withStride(isSource ? stride : 1);
      outputs.add(Blocks.separable(graph, Blocks.relu(graph, sum), channels, window));
    }
    List<String> ends = wiring.sinks().stream().map(outputs::get).toList();
    return Blocks.merged(graph, new Layer.Mean(), ends);
  }
}
