package dev.troupe.strategy.bayes.morphism;

import dev.troupe.strategy.bayes.morphism.NetworkProcess.Prediction;
import dev.troupe.strategy.internal.LossWarp;
import dev.troupe.study.Explanation;
import dev.troupe.study.Explanation.Neighbour;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what suggestions were based on. */
final class Reasons {

  private static final int NEAREST = 5;

  private Reasons() {}

  static Explanation ofStart() {
    return Explanation.of("The network from which all morphisms start.");
  }

  static Explanation ofChance(Network network, boolean isFirst) {
    return Explanation.of(
        "%s, at random%s"
            .formatted(
                descent(network),
                isFirst
                    ? ": there is no model yet."
                    : ", since the search found none that was not known."));
  }

  /**
   * Explains a network that the model has chosen.
   *
   * @param isRanked whether losses are those of several objectives seen as one
   */
  static Explanation ofModel(
      Network network, NetworkModel model, double beta, int met, boolean isRanked) {
    Prediction prediction = model.predict(network);
    LossWarp warp = model.warp();
    double up = warp.loss(prediction.mean() + prediction.deviation());
    double down = warp.loss(prediction.mean() - prediction.deviation());
    String what = isRanked ? "weighted rank" : "loss";
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("predicted " + what, warp.loss(prediction.mean()));
    figures.put("deviation of " + what, (up - down) / 2);
    figures.put("acquisition", prediction.bound(beta));
    List<Neighbour> nearest =
        model.nearest(network, NEAREST).stream()
            .map(near -> new Neighbour(near.observed().trial(), near.distance()))
            .toList();
    String reason =
        "%s: the lower confidence bound was least here, of %d networks around %d trials."
            .formatted(descent(network), met, model.size());
    return new Explanation(reason, figures, Map.of(), nearest);
  }

  private static String descent(Network network) {
    if (network.ancestor() == null) {
      return network.morphisms().isEmpty()
          ? "The start"
          : "The start changed by " + changes(network);
    }
    return network.morphisms().isEmpty()
        ? "The network of trial %s with other parameters".formatted(network.ancestor())
        : "The network of trial %s changed by %s".formatted(network.ancestor(), changes(network));
  }

  private static String changes(Network network) {
    return String.join(", then ", network.morphisms());
  }
}
