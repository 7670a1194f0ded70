package dev.troupe.architecture.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A graph of steps as a step. Edges that are on no path from the input to the output are left out;
 * without any such path the output is zero.
 *
 * @param text for the names of layers
 * @param graph what lies on the edges
 * @param combine how a node makes one of what several edges bring
 */
record EdgeBody(String text, EdgeGraph<Step> graph, Combine combine) implements Step {

  @Override
  public String addTo(Scope scope, String input, int channels) {
    EdgeGraph<Step> live = graph.live();
    if (!live.isConnected()) {
      return Operation.NONE.addTo(scope, input, channels, 1);
    }
    var states = new ArrayList<Optional<String>>(List.of(Optional.of(input)));
    for (int to = 1; to < live.nodes(); to++) {
      states.add(node(scope, live, to, states, channels));
    }
    return states.get(live.nodes() - 1).orElse(input);
  }

  private Optional<String> node(
      Scope scope, EdgeGraph<Step> live, int to, List<Optional<String>> states, int channels) {
    Scope own = scope.in("node-" + to);
    var incoming = new ArrayList<String>();
    for (int from = 0; from < to; from++) {
      Optional<String> source = states.get(from);
      Optional<Step> step = live.edge(from, to);
      if (source.isPresent() && step.isPresent()) {
        String name = "%d.%s".formatted(from, step.get().text());
        incoming.add(step.get().addTo(own.in(name), source.get(), channels));
      }
    }
    return incoming.isEmpty() ? Optional.empty() : Optional.of(merged(own, incoming, channels));
  }

  private String merged(Scope scope, List<String> incoming, int channels) {
    return combine == Combine.ADD
        ? Chains.added(scope, incoming)
        : Chains.fit(scope, Chains.concatenated(scope, incoming), channels);
  }
}
