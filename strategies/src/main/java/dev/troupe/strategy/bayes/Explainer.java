package dev.troupe.strategy.bayes;

import dev.troupe.space.SearchSpace;
import dev.troupe.study.Explanation;
import dev.troupe.study.Explanation.Neighbour;
import dev.troupe.study.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells what a model of losses says of a point. Thread safe. */
final class Explainer {

  private static final int NEAREST = 3;

  private final List<String> names;
  private final CandidateSpace space;
  private final FeatureMap map;

  Explainer(SearchSpace space, CandidateSpace candidates, FeatureMap map) {
    names = space.names();
    this.space = candidates;
    this.map = map;
  }

  /**
   * Adds what is predicted of a metric: its median, and between which values it lies with a
   * probability of 68 %, all in its own unit. The deviation of the prediction and that of the noise
   * are in standard deviations of what was observed, as the model sees it through its warp.
   */
  void predict(LossModel model, double[] point, Objective metric, Map<String, Double> figures) {
    var means = new double[1];
    var variances = new double[1];
    boolean[][] active = {space.active(point)};
    model.process().predict(new double[][] {point}, active, 1, means, variances);
    double mean = means[0];
    double deviation = Math.sqrt(variances[0]);
    double toward = metric.direction().toLoss(deviation);
    String name = metric.metric();
    figures.put("predicted " + name, value(model, mean, metric));
    figures.put("predicted " + name + ", low", value(model, mean - toward, metric));
    figures.put("predicted " + name + ", high", value(model, mean + toward, metric));
    figures.put("deviation of " + name, deviation);
    figures.put("noise of " + name, Math.sqrt(model.process().noise()));
  }

  private static double value(LossModel model, double target, Objective metric) {
    return metric.direction().toLoss(model.warp().loss(target));
  }

  /** Returns the length scales of a model. */
  Map<String, Double> lengthScales(LossModel model) {
    double[] parameters = model.parameters();
    var lengths = new double[names.size()];
    for (int s = 0; s < map.scaleCount(); s++) {
      lengths[map.parameterOfScale(s)] = StrictMath.exp(parameters[s]);
    }
    for (int c = 0; c < map.codeCount(); c++) {
      lengths[map.parameterOfCode(c)] = StrictMath.exp(parameters[map.scaleCount() + c]);
    }
    var scales = new LinkedHashMap<String, Double>();
    for (int j = 0; j < lengths.length; j++) {
      if (lengths[j] > 0) { // a parameter with one value has none
        scales.put(names.get(j), lengths[j]);
      }
    }
    return scales;
  }

  /** Returns the trials that are nearest to a point, as a model's kernel measures it. */
  List<Neighbour> nearest(LossModel model, Observations observations, double[] point) {
    int[] held = model.held();
    var distances = new double[held.length];
    model.process().distances(point, space.active(point), held.length, distances);
    int[] byDistance = Neighbourhood.sorted(distances);
    List<Neighbour> nearest = new ArrayList<>();
    for (int i = 0; i < Math.min(NEAREST, held.length); i++) {
      int index = byDistance[i];
      nearest.add(new Neighbour(observations.trial(held[index]), distances[index]));
    }
    return nearest;
  }
}
