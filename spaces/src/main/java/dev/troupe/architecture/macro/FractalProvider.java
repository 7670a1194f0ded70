package dev.troupe.architecture.macro;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Window;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.List;

/**
 * FractalNet (Larsson, Maire, Shakhnarovich 2017, arXiv:1605.07648): blocks of columns, {@code
 * f_1(z) = conv(z)} and {@code f_C+1(z) = mean(f_C(f_C(z)), conv(z))}, which are 2^C - 1
 * convolutions, 2^(C-1) deep. Pictures are halved after each block, and the next has twice the
 * filters.
 *
 * <p>Settings of the paper: {@code columns = 4, blocks = 5, filters = 64}. Drop-path is a matter of
 * training, not of the network.
 */
public final class FractalProvider implements ArchitectureSpaceProvider {

  private static final String NAME = "fractal";
  private static final Setting<List<Integer>> COLUMNS =
      new Setting.Wholes("columns", List.of(1, 2, 3), 1, 8, "columns of every block");
  private static final Setting<List<Integer>> BLOCKS =
      new Setting.Wholes("blocks", List.of(1, 2, 3), 1, 8, "how many blocks");
  private static final Setting<List<Integer>> FILTERS =
      new Setting.Wholes("filters", List.of(4, 8, 16), 1, 1 << 12, "filters of the first block");
  private static final Setting<Integer> KERNEL =
      new Setting.Whole("kernel", 3, 1, 31, "side of every kernel");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "FractalNet: columns of convolutions of different depth, joined by their mean";
  }

  @Override
  public List<Option> options() {
    return Setting.options(COLUMNS, BLOCKS, FILTERS, KERNEL);
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    Blocks.requirePictures(NAME, task);
    var columns = Decision.number("columns", COLUMNS.of(settings));
    var blocks = Decision.number("blocks", BLOCKS.of(settings));
    var filters = Decision.number("filters", FILTERS.of(settings));
    Window kernel = Window.square(KERNEL.of(settings));
    SearchSpace.Builder space = SearchSpace.builder();
    columns.addTo(space);
    blocks.addTo(space);
    filters.addTo(space);
    return ArchitectureSpace.of(
        space,
        (Configuration configuration) -> {
          Architecture.Builder graph = Architecture.builder(task.input());
          String last = graph.input();
          int width = filters.of(configuration);
          for (int block = 0; block < blocks.of(configuration); block++) {
            last = block == 0 ? last : Blocks.halved(graph, last);
            last = fractal(graph, last, columns.of(configuration), width << block, kernel);
          }
          return Blocks.classified(graph, last, task.outputs());
        });
  }

  private static String fractal(
      Architecture.Builder graph, String input, int columns, int filters, Window kernel) {
    if (columns == 1) {
      return Blocks.convolution(graph, input, filters, kernel);
    }
    String half = fractal(graph, input, columns - 1, filters, kernel);
    String deep = fractal(graph, half, columns - 1, filters, kernel);
    String shallow = Blocks.convolution(graph, input, filters, kernel);
    return graph.add(new Layer.Mean(), deep, shallow);
  }
}
