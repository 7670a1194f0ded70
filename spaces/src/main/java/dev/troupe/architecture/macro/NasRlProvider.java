package dev.troupe.architecture.macro;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The networks of neural architecture search with reinforcement learning (Zoph, Le 2017,
 * arXiv:1611.01578): convolutions whose kernel, stride and filters are chosen layer by layer, in
 * the order in which the controller chooses them, and for each earlier layer whether it is read.
 *
 * <p>A layer that reads no other reads the picture; what no layer reads is concatenated before the
 * classifier; inputs of different size are padded with zeros to the largest before they are
 * concatenated. Without skips a layer reads the one before it.
 *
 * <p>Settings of the paper: {@code kernels = [1, 3, 5, 7], filters = [24, 36, 48, 64]}, strides 1
 * or {@code [1, 2, 3]}, and layers from 6 on.
 */
public final class NasRlProvider implements ArchitectureSpaceProvider {

  private static final String NAME = "nas-rl";
  private static final int MOST_LAYERS = 40;
  private static final Setting<Integer> LAYERS =
      new Setting.Whole("layers", 3, 1, MOST_LAYERS, "the most convolutions");
  private static final Setting<Integer> FEWEST =
      new Setting.Whole(
          "fewest-layers", 2, 1, MOST_LAYERS, "the fewest convolutions, or layers if that is less");
  private static final Setting<List<Integer>> KERNELS =
      new Setting.Wholes("kernels", List.of(1, 3), 1, 31, "heights and widths of a kernel");
  private static final Setting<List<Integer>> STRIDES =
      new Setting.Wholes("strides", List.of(1), 1, 8, "strides, chosen for height and width");
  private static final Setting<List<Integer>> FILTERS =
      new Setting.Wholes("filters", List.of(4, 8), 1, 1 << 16, "filters of a convolution");
  private static final Setting<Boolean> SKIPS =
      new Setting.Flag("skips", true, "whether layers choose what they read");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Convolutions with kernels, strides, filters and skips, as in NAS with an RL controller";
  }

  @Override
  public List<Option> options() {
    return Setting.options(LAYERS, FEWEST, KERNELS, STRIDES, FILTERS, SKIPS);
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    Blocks.requirePictures(NAME, task);
    int layers = LAYERS.of(settings);
    var code =
        new NasRlCode(
            Math.min(layers, FEWEST.of(settings)),
            layers,
            KERNELS.of(settings),
            STRIDES.of(settings),
            FILTERS.of(settings),
            SKIPS.of(settings));
    return ArchitectureSpace.of(
        code.space(), configuration -> network(task, code.read(configuration)), code::canonical);
  }

  private static Architecture network(NetworkTask task, List<NasRlCode.Convolution> layers) {
    Architecture.Builder graph = Architecture.builder(task.input());
    int size = layers.size();
    var outputs = new String[size];
    long read = 0;
    for (int i = 0; i < size; i++) {
      NasRlCode.Convolution layer = layers.get(i);
      long before = layer.before();
      read |= before;
      String input =
          before == 0 ? graph.input() : Blocks.concatenated(graph, chosen(outputs, before));
      outputs[i] = Blocks.convolution(graph, input, layer.filters(), layer.window());
    }
    long unread = (1L << size) - 1 & ~read;
    String last = Blocks.concatenated(graph, chosen(outputs, unread));
    return Blocks.classified(graph, last, task.outputs());
  }

  private static List<String> chosen(String[] outputs, long bits) {
    return IntStream.range(0, outputs.length)
        .filter(i -> (bits >>> i & 1) == 1)
        .mapToObj(i -> outputs[i])
        .toList();
  }
}
