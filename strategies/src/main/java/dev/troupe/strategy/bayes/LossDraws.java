package dev.troupe.strategy.bayes;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws jointly what is not known for sure, as {@link DrawnImprovement} needs it: the losses of
 * pending trials and, where measurements are noisy, those without noise of what was observed. The
 * latter by Matheron's rule: a draw of the process before anything was seen, plus what the
 * observations then say of the difference (Wilson and others 2020, arXiv:2002.09309). Draws come in
 * pairs of opposite numbers, which halves what chance adds to an average.
 */
final class LossDraws {

  /** How many draws an improvement is averaged over. */
  static final int DRAWS = 32;

  /** Noise of a smaller part of the variance of what was observed is none. */
  private static final double NOTICEABLE = 1e-3;

  private final LossModelFactory models;
  private final LossModel model;
  private final Beliefs beliefs;
  private final Evidence evidence;
  private final Incumbents incumbents;
  private final RandomGenerator random;
  private final int draws;
  private final double[] best;

  /**
   * Makes them.
   *
   * @param draws how many; an even number
   */
  LossDraws(AcquisitionKind.Query query, int draws) {
    models = query.models();
    model = query.model();
    beliefs = query.beliefs();
    evidence = query.evidence();
    incumbents = query.incumbents();
    random = query.random();
    this.draws = draws;
    best = new double[draws];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
  }

  /** Returns whether a model has learned that measurements are noisy. */
  static boolean isNoisy(LossModel model) {
    return model.process().noise() > NOTICEABLE;
  }

  /** Returns the improvement that is expected on their average. */
  Worth improvement() {
    return new DrawnImprovement(process(), best);
  }

  /** Returns the process under each of them, ready to predict. */
  DrawnProcess process() {
    DrawnProcess process = isNoisy(model) ? quiet() : plain();
    for (int i = 0; i < beliefs.points().size(); i++) {
      double[] point = beliefs.points().get(i);
      process.add(point, active(point), beliefs.targets().get(i));
    }
    var losses = new double[draws];
    for (double[] point : evidence.pending()) {
      process.draw(point, active(point), normals(), losses);
      keepLeast(losses);
    }
    process.finish();
    return process;
  }

  /** What was observed counts as it is. */
  private DrawnProcess plain() {
    DrawnProcess process = process(true, model.process().mean());
    int[] held = model.held();
    for (int i = 0; i < held.length; i++) {
      double[] point = point(held[i]);
      process.add(point, active(point), model.process().target(i));
    }
    Arrays.fill(best, incumbents.leastMean(model));
    return process;
  }

  /** What was observed is drawn without its noise. */
  private DrawnProcess quiet() {
    DrawnProcess process = process(false, model.process().mean());
    DrawnProcess noisy = process(true, 0);
    double noise = noisy.diagonal() - process.diagonal();
    int[] held = model.held();
    var losses = new double[held.length][draws];
    for (int i = 0; i < held.length; i++) {
      double[] point = point(held[i]);
      process.draw(point, active(point), normals(), losses[i]);
      double[] normals = normals();
      var differences = new double[draws];
      for (int s = 0; s < draws; s++) {
        double seen = model.process().target(i) - Math.sqrt(noise) * normals[s];
        differences[s] = seen - losses[i][s];
        losses[i][s] = seen;
      }
      noisy.add(point, active(point), differences);
    }
    noisy.finish();
    for (int i = 0; i < held.length; i++) {
      for (int s = 0; s < draws; s++) {
        losses[i][s] -= noise * noisy.weight(s, i);
      }
      if (incumbents.include(held[i])) {
        keepLeast(losses[i]);
      }
    }
    process.assign(losses);
    return process;
  }

  private DrawnProcess process(boolean isNoisy, double mean) {
    return new DrawnProcess(
        models.map(), model.algebra(), draws, model.parameters(), isNoisy, mean);
  }

  private double[] point(int observation) {
    return evidence.observations().point(observation);
  }

  private boolean[] active(double[] point) {
    return models.space().active(point);
  }

  private void keepLeast(double[] losses) {
    for (int s = 0; s < draws; s++) {
      best[s] = Math.min(best[s], losses[s]);
    }
  }

  private double[] normals() {
    var normals = new double[draws];
    for (int s = 0; s < draws; s += 2) {
      normals[s] = random.nextGaussian();
      normals[s + 1] = -normals[s];
    }
    return normals;
  }
}
