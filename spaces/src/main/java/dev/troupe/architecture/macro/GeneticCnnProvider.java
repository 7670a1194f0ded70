package dev.troupe.architecture.macro;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Window;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Genetic CNN's bit strings (Xie, Yuille 2017, arXiv:1703.01513): stages of ordered nodes, a bit
 * for each pair of nodes of a stage, and a pooling between stages.
 *
 * <p>Each node is a convolution, a normalisation and a ReLU on the sum of what leads to it. A
 * default input node, of the same kind, feeds the nodes without a predecessor, and a default output
 * node reads the sum of those without a successor; isolated nodes are left out, and a stage without
 * an edge is one convolution.
 *
 * <p>The paper's networks have {@code nodes = [3, 5]} or {@code [3, 4, 5]}, which is 13 or 19 bits.
 * Crossover exchanges whole stages, mutation flips single bits, with the probabilities of the paper
 * by default; a mutant can equal its parent.
 */
public final class GeneticCnnProvider implements ArchitectureSpaceProvider {

  private static final String NAME = "genetic-cnn";
  private static final Setting<List<Integer>> NODES =
      new Setting.Wholes("nodes", List.of(3, 4), 2, 12, "nodes of each stage");
  private static final Setting<List<Integer>> FILTERS =
      new Setting.Wholes(
          "filters", List.of(8), 1, 1 << 14, "filters of each stage, or one number for all");
  private static final Setting<Integer> KERNEL =
      new Setting.Whole("kernel", 3, 1, 31, "side of every kernel");
  private static final Setting<Double> FLIP =
      new Setting.Real("flip-probability", 0.05, 0.001, 1, "with which a mutation flips a bit");
  private static final Setting<Double> EXCHANGE =
      new Setting.Real(
          "exchange-probability", 0.2, 0, 1, "with which a crossover exchanges a stage");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Bit strings of Genetic CNN: stages of convolutions, a bit for each pair of them";
  }

  @Override
  public List<Option> options() {
    return Setting.options(NODES, FILTERS, KERNEL, FLIP, EXCHANGE);
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    Blocks.requirePictures(NAME, task);
    var code = new StageBits(NODES.of(settings));
    List<Integer> filters = filters(settings, code.sizes().size());
    Window kernel = Window.square(KERNEL.of(settings));
    var variation = new StageVariation(code, FLIP.of(settings), EXCHANGE.of(settings));
    return ArchitectureSpace.of(
        code.space().variation(variation),
        configuration -> network(task, code.read(configuration), filters, kernel),
        code::canonical);
  }

  private static List<Integer> filters(Settings settings, int stages) {
    List<Integer> filters = FILTERS.of(settings);
    if (filters.size() == 1) {
      return Collections.nCopies(stages, filters.get(0));
    }
    if (filters.size() != stages) {
      throw settings.refuse(
          FILTERS.option().key(),
          "must be one number, or one for each of the %d stages".formatted(stages));
    }
    return filters;
  }

  private static Architecture network(
      NetworkTask task, List<StageCode> stages, List<Integer> filters, Window kernel) {
    Architecture.Builder graph = Architecture.builder(task.input());
    String last = graph.input();
    for (int stage = 0; stage < stages.size(); stage++) {
      last = stage == 0 ? last : Blocks.halved(graph, last);
      last = stage(graph, last, stages.get(stage), filters.get(stage), kernel);
    }
    return Blocks.classified(graph, last, task.outputs());
  }

  private static String stage(
      Architecture.Builder graph, String input, StageCode code, int filters, Window kernel) {
    String first = Blocks.convolution(graph, input, filters, kernel);
    if (code.edges().isEmpty()) {
      return first;
    }
    Map<Integer, String> outputs = new HashMap<>();
    for (int node : code.used()) {
      List<Integer> before = code.before(node);
      String sum = before.isEmpty() ? first : sum(graph, before, outputs);
      outputs.put(node, Blocks.convolution(graph, sum, filters, kernel));
    }
    return Blocks.convolution(graph, sum(graph, code.sinks(), outputs), filters, kernel);
  }

  private static String sum(
      Architecture.Builder graph, List<Integer> nodes, Map<Integer, String> outputs) {
    List<String> inputs = nodes.stream().map(outputs::get).toList();
    return Blocks.merged(graph, new Layer.Add(), inputs);
  }
}
