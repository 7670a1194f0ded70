package dev.troupe.strategy.bayes.morphism;

import dev.troupe.strategy.bayes.morphism.NetworkProcess.Prediction;
import dev.troupe.study.Explanation;
import dev.troupe.study.Explanation.Neighbour;
import dev.troupe.study.Objective;
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
   * Explains a network that the model has chosen. What is predicted is in the metric's own unit;
   * the deviations and the acquisition are in standard deviations of what was observed, as the
   * model sees it through its warp.
   *
   * @param metric whose losses the model has learned
   * @param met how many networks the search has met
   */
  static Explanation ofModel(
      Network network, NetworkModel model, Objective metric, double beta, int met) {
    Prediction prediction = model.predict(network);
    double toward = metric.direction().toLoss(prediction.deviation());
    String name = metric.metric();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("predicted " + name, value(model, prediction.mean(), metric));
    figures.put("predicted " + name + ", low", value(model, prediction.mean() - toward, metric));
    figures.put("predicted " + name + ", high", value(model, prediction.mean() + toward, metric));
    figures.put("deviation of " + name, prediction.deviation());
    figures.put("noise of " + name, model.noise());
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

  private static double value(NetworkModel model, double target, Objective metric) {
    return metric.direction().toLoss(model.warp().loss(target));
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
