package dev.troupe.architecture.macro;

import dev.troupe.architecture.Window;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The decisions of {@link NasRlProvider}'s networks, and how they are read and written.
 *
 * @param fewest convolutions
 * @param most convolutions
 * @param kernels heights and widths
 * @param strides chosen for each direction
 * @param filters of a convolution
 * @param hasSkips whether there are skips; else each layer reads the one before it
 */
record NasRlCode(
    int fewest,
    int most,
    List<Integer> kernels,
    List<Integer> strides,
    List<Integer> filters,
    boolean hasSkips) {

  private static final SkipBits SKIPS = new SkipBits("skip");
  private static final String LAYERS = "layers";

  /**
   * A layer.
   *
   * @param window of the kernel
   * @param filters of it
   * @param before a bit for each earlier layer that it reads
   */
  record Convolution(Window window, int filters, long before) {}

  private Decision<Integer> height(int layer) {
    return Decision.number("height-" + layer, kernels);
  }

  private Decision<Integer> width(int layer) {
    return Decision.number("width-" + layer, kernels);
  }

  private Decision<Integer> strideHeight(int layer) {
    return Decision.number("stride-height-" + layer, strides);
  }

  private Decision<Integer> strideWidth(int layer) {
    return Decision.number("stride-width-" + layer, strides);
  }

  private Decision<Integer> filters(int layer) {
    return Decision.number("filters-" + layer, filters);
  }

  private List<Decision<Integer>> decisions(int layer) {
    return List.of(
        height(layer), width(layer), strideHeight(layer), strideWidth(layer), filters(layer));
  }

  /** Returns the space of the decisions. */
  SearchSpace.Builder space() {
    SearchSpace.Builder space = SearchSpace.builder();
    if (fewest < most) {
      space.add(IntParameter.linear(LAYERS, fewest, most));
    }
    for (int layer = 1; layer <= most; layer++) {
      List<Condition> exists =
          layer <= fewest ? List.of() : List.of(Condition.between(LAYERS, layer, most));
      Condition[] when = exists.toArray(new Condition[0]);
      decisions(layer).forEach(decision -> decision.addTo(space, when));
      if (hasSkips) {
        SKIPS.addTo(space, 1, layer - 1, layer, exists);
      }
    }
    return space;
  }

  /** Returns the layers that a configuration means, in order. */
  List<Convolution> read(Configuration configuration) {
    long[] before = before(configuration);
    var layers = new ArrayList<Convolution>();
    for (int layer = 1; layer <= before.length; layer++) {
      Window window =
          Window.of(height(layer).of(configuration), width(layer).of(configuration))
              .withStride(
                  strideHeight(layer).of(configuration), strideWidth(layer).of(configuration));
      layers.add(new Convolution(window, filters(layer).of(configuration), before[layer - 1]));
    }
    return layers;
  }

  private long[] before(Configuration configuration) {
    int size = fewest < most ? configuration.getInt(LAYERS) : most;
    return hasSkips
        ? SKIPS.predecessors(configuration, size)
        : IntStream.range(0, size).mapToLong(i -> i == 0 ? 0 : 1L << (i - 1)).toArray();
  }

  /** Returns the configuration with the layers in the order that stands for all that mean this. */
  Configuration canonical(Configuration configuration) {
    if (!hasSkips) {
      return configuration;
    }
    long[] before = before(configuration);
    int size = before.length;
    List<List<Integer>> choices =
        IntStream.rangeClosed(1, size).mapToObj(layer -> choices(configuration, layer)).toList();
    List<List<Integer>> distinct = choices.stream().distinct().sorted(NasRlCode::compare).toList();
    int[] labels = choices.stream().mapToInt(distinct::indexOf).toArray();
    int[] order = DagOrder.of(labels, before);

    Map<String, Object> values = new LinkedHashMap<>();
    if (fewest < most) {
      values.put(LAYERS, size);
    }
    for (int place = 0; place < size; place++) {
      List<Decision<Integer>> decisions = decisions(place + 1);
      for (int i = 0; i < decisions.size(); i++) {
        if (decisions.get(i).choices().size() > 1) {
          values.put(decisions.get(i).name(), choices.get(order[place]).get(i));
        }
      }
    }
    SKIPS.put(before, order, values);
    return Configuration.of(values);
  }

  private List<Integer> choices(Configuration configuration, int layer) {
    return decisions(layer).stream().map(each -> each.of(configuration)).toList();
  }

  private static int compare(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < a.size(); i++) {
      int sign = Integer.compare(a.get(i), b.get(i));
      if (sign != 0) {
        return sign;
      }
    }
    return 0;
  }
}
