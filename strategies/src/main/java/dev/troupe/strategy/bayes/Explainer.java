package dev.troupe.strategy.bayes;

import dev.troupe.space.SearchSpace;
import dev.troupe.study.Explanation.Neighbour;
import dev.troupe.study.Objective;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Returns the length scales; of several models, the shortest of each parameter. */
  Map<String, Double> lengthScales(List<LossModel> models) {
    var shortest = new double[names.size()];
    Arrays.fill(shortest, Double.POSITIVE_INFINITY);
    for (LossModel model : models) {
      double[] parameters = model.parameters();
      double[] lengths = map.lengths(parameters);
      for (int c = 0; c < map.codeCount(); c++) {
        lengths[map.parameterOfCode(c)] = StrictMath.exp(parameters[map.scaleCount() + c]);
      }
      for (int j = 0; j < lengths.length; j++) {
        shortest[j] = lengths[j] > 0 ? Math.min(shortest[j], lengths[j]) : shortest[j];
      }
    }
    var scales = new LinkedHashMap<String, Double>();
    for (int j = 0; j < shortest.length; j++) {
      if (shortest[j] < Double.POSITIVE_INFINITY) { // a parameter with one value has none
        scales.put(names.get(j), shortest[j]);
      }
    }
    return scales;
  }

  /**
   * Returns the trials that are nearest to a point, as the kernel measures it; of several models,
   * by the root of the sum of squares. A trial that a model does not hold is far away.
   */
  List<Neighbour> nearest(List<LossModel> models, Observations observations, double[] point) {
    var squares = new double[observations.size()];
    var holders = new int[squares.length];
    for (LossModel model : models) {
      int[] held = model.held();
      var distances = new double[held.length];
      model.process().distances(point, space.active(point), held.length, distances);
      for (int i = 0; i < held.length; i++) {
        squares[held[i]] += distances[i] * distances[i];
        holders[held[i]]++;
      }
    }
    for (int i = 0; i < squares.length; i++) {
      squares[i] = holders[i] == models.size() ? squares[i] : Double.POSITIVE_INFINITY;
    }
    return nearest(observations, squares);
  }

  private static List<Neighbour> nearest(Observations observations, double[] squares) {
    int[] order = Neighbourhood.sorted(squares);
    List<Neighbour> nearest = new ArrayList<>();
    for (int i = 0; i < Math.min(NEAREST, order.length); i++) {
      double square = squares[order[i]];
      if (square < Double.POSITIVE_INFINITY) {
        nearest.add(new Neighbour(observations.trial(order[i]), Math.sqrt(square)));
      }
    }
    return nearest;
  }
}
