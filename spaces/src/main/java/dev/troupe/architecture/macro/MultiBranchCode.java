package dev.troupe.architecture.macro;

import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.List;

/**
 * The decisions of {@link MultiBranchProvider}'s networks, and how they are read.
 *
 * @param layers how many
 * @param operations what a layer may do
 * @param filters of a convolution
 * @param merges what a layer may do with several inputs
 */
record MultiBranchCode(
    int layers, List<String> operations, List<Integer> filters, List<String> merges) {

  private static final SkipBits SKIPS = new SkipBits("skip");

  private Decision<String> operation(int layer) {
    return Decision.text("operation-" + layer, operations);
  }

  private Decision<Integer> filters(int layer) {
    return Decision.number("filters-" + layer, filters);
  }

  private Decision<String> merge(int layer) {
    return Decision.text("merge-" + layer, merges);
  }

  /** Returns the space of the decisions. */
  SearchSpace.Builder space() {
    SearchSpace.Builder space = SearchSpace.builder();
    List<String> wide =
        operations.stream().filter(each -> !MacroOperation.of(each).keepsChannels()).toList();
    for (int layer = 1; layer <= layers; layer++) {
      operation(layer).addTo(space);
      if (wide.size() == operations.size()) {
        filters(layer).addTo(space);
      } else if (!wide.isEmpty()) {
        filters(layer).addTo(space, Condition.oneOf("operation-" + layer, wide.toArray()));
      }
      SKIPS.addTo(space, 0, layer - 2, layer, List.of());
      if (layer > 1) {
        merge(layer).addTo(space);
      }
    }
    return space;
  }

  /** Returns what a layer does. */
  MacroOperation operation(Configuration configuration, int layer) {
    return MacroOperation.of(operation(layer).of(configuration));
  }

  /** Returns the filters of a layer that is a convolution. */
  int filters(Configuration configuration, int layer) {
    return filters(layer).of(configuration);
  }

  /** Returns the layers before the one before this that it reads, the stem being 0. */
  List<Integer> skips(Configuration configuration, int layer) {
    return SKIPS.of(configuration, 0, layer - 2, layer);
  }

  /** Returns what a layer does with several inputs. */
  String merge(Configuration configuration, int layer) {
    return layer == 1 ? merges.get(0) : merge(layer).of(configuration);
  }

  /** Returns the configuration in which layers of a single input have the first of the merges. */
  Configuration canonical(Configuration configuration) {
    Configuration canonical = configuration;
    for (int layer = 2; layer <= layers; layer++) {
      if (merges.size() > 1 && skips(configuration, layer).isEmpty()) {
        canonical = canonical.with(merge(layer).name(), merges.get(0));
      }
    }
    return canonical;
  }
}
