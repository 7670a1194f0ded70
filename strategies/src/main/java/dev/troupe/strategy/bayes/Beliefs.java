package dev.troupe.strategy.bayes;

import java.util.ArrayList;
import java.util.List;

/**
 * What a model is made to believe beside what was observed. Where trials failed, the worst loss is
 * expected, and where they were pruned, a middling one; neither has a say in how the model is
 * fitted. Where trials are pending, what the model expects of them. Not thread safe.
 */
final class Beliefs {

  /** The target of a failed trial at most, in standard deviations above the mean. */
  private static final double MOST_PESSIMISTIC = 2;

  private final CandidateSpace space;
  private final LossModel model;
  private final List<double[]> points = new ArrayList<>();
  private final List<Double> targets = new ArrayList<>();

  /** How many of the pending points the model holds. */
  private int believed;

  Beliefs(CandidateSpace space, LossModel model) {
    this.space = space;
    this.model = model;
  }

  /**
   * Adds failures and prunings to a model that has just learned.
   *
   * @param losses that it has learned
   */
  void begin(Evidence evidence, double[] losses) {
    double worst = Double.NEGATIVE_INFINITY;
    for (double loss : losses) {
      worst = Math.max(worst, model.warp().target(loss));
    }
    double pessimistic = Math.min(worst, MOST_PESSIMISTIC);
    points.clear();
    targets.clear();
    believed = 0;
    believe(evidence.failed(), pessimistic);
    believe(evidence.pruned(), 0);
  }

  private void believe(List<double[]> added, double least) {
    for (double[] point : added) {
      points.add(point);
      targets.add(model.process().believe(point, space.active(point), least));
    }
  }

  /** Returns where trials failed or were pruned, as far as the model has heard of it. */
  List<double[]> points() {
    return points;
  }

  /** Returns which targets the model believes there. */
  List<Double> targets() {
    return targets;
  }

  /** Adds the pending points that are new since {@link #begin}. */
  void addPending(Evidence evidence) {
    List<double[]> pending = evidence.pending();
    for (; believed < pending.size(); believed++) {
      double[] point = pending.get(believed);
      model.process().believe(point, space.active(point));
    }
  }
}
