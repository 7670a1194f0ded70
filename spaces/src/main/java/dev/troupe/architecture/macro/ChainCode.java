package dev.troupe.architecture.macro;

import dev.troupe.space.Configuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads walks through a {@link ChainGraph} from configurations, and writes them.
 *
 * <p>A step that is not legal where it stands means a legal one: an end means the softmax, which
 * always is; the others are spread over the legal steps as evenly as can be, so that each legal
 * step is chosen with nearly the same probability and no configuration is without a meaning.
 */
final class ChainCode {

  private final ChainGraph graph;
  private final List<List<ChainStep>> choices;

  ChainCode(ChainGraph graph) {
    this.graph = graph;
    choices = graph.choices();
  }

  /** Returns the name of the parameter of a layer, from 0. */
  static String name(int layer) {
    return "layer-" + (layer + 1);
  }

  /** Returns what may be chosen for each layer. */
  List<List<String>> choices() {
    return choices.stream().map(each -> each.stream().map(ChainStep::text).toList()).toList();
  }

  /** Returns the legal steps that a configuration means, the end included. */
  List<ChainStep> steps(Configuration configuration) {
    var steps = new ArrayList<ChainStep>();
    ChainState state = graph.start();
    while (!state.isEnd()) {
      ChainStep step = step(configuration, state);
      steps.add(step);
      state = graph.next(state, step);
    }
    return steps;
  }

  private ChainStep step(Configuration configuration, ChainState state) {
    if (state.layers() == choices.size()) {
      return ChainStep.End.SOFTMAX;
    }
    String text = configuration.getString(name(state.layers()));
    List<ChainStep> legal = graph.legal(state);
    int illegal = 0;
    int rank = 0;
    for (ChainStep choice : choices.get(state.layers())) {
      boolean isLegal = legal.contains(choice);
      if (choice.text().equals(text)) {
        if (isLegal) {
          return choice;
        }
        if (choice.isEnd()) {
          return ChainStep.End.SOFTMAX;
        }
        rank = illegal;
      }
      illegal += isLegal || choice.isEnd() ? 0 : 1;
    }
    return legal.get((int) ((long) rank * legal.size() / illegal));
  }

  /** Returns the configuration of a walk from the start to an end, which means nothing else. */
  Configuration configuration(List<ChainStep> steps) {
    Map<String, String> values = new LinkedHashMap<>();
    int written = Math.min(steps.size(), choices.size());
    for (int layer = 0; layer < written; layer++) {
      values.put(name(layer), steps.get(layer).text());
    }
    return Configuration.of(values);
  }
}
