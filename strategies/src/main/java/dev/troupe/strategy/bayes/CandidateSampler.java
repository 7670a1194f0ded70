package dev.troupe.strategy.bayes;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws points to look at: all over a region, and around good ones. Not thread safe. */
final class CandidateSampler {

  /** How far an ordered coordinate is moved, in turn: normal deviations on the unit interval. */
  private static final double[] CHANGE_DEVIATIONS = {0.2, 0.05, 0.01};

  /** So many coordinates are changed on average, so that good ones stay in many dimensions too. */
  private static final double CHANGED_COORDINATES = 3;

  private final CandidateSpace space;
  private final Region region;
  private final RandomGenerator random;

  CandidateSampler(CandidateSpace space, Region region, RandomGenerator random) {
    this.space = space;
    this.region = region;
    this.random = random;
  }

  /**
   * Returns points that are allowed.
   *
   * @param anchors good points
   * @param samples points from all over the region; those that are not allowed are left out
   * @param changes random changes of each anchor; those that are not allowed are left out
   */
  List<double[]> draw(List<double[]> anchors, int samples, int changes) {
    List<double[]> points = new ArrayList<>(samples + anchors.size() * changes);
    for (int i = 0; i < samples; i++) {
      double[] sample = region.sample(space, random);
      if (region.isWhole() || space.isAllowed(sample)) { // the whole gives none that is not
        points.add(sample);
      }
    }
    for (double[] anchor : anchors) {
      for (int i = 0; i < changes; i++) {
        double[] changed = change(anchor, CHANGE_DEVIATIONS[i % CHANGE_DEVIATIONS.length]);
        if (space.isAllowed(changed)) {
          points.add(changed);
        }
      }
    }
    return points;
  }

  /**
   * Returns a random change of a point, allowed or not.
   *
   * @param deviation how far an ordered coordinate is moved, on the unit interval
   */
  double[] change(double[] anchor, double deviation) {
    double[] changed = anchor.clone();
    double share = Math.min(1, CHANGED_COORDINATES / changed.length);
    int certain = random.nextInt(changed.length);
    for (int j = 0; j < changed.length; j++) {
      if (j == certain || random.nextDouble() < share) {
        changed[j] = change(j, changed[j], deviation);
      }
    }
    return changed;
  }

  private double change(int index, double unit, double deviation) {
    UnitCells cells = space.cells(index);
    if (!cells.isOrdered()) {
      return space.sample(index, random);
    }
    double step = deviation * random.nextGaussian();
    if (!cells.isContinuous()) {
      step += Math.signum(step) / cells.count(); // to the next cell at least
    }
    double moved = Math.abs(unit + step);
    double reflected = moved > 1 ? 2 - moved : moved; // at the ends of the cube
    return cells.snap(region.clip(index, reflected));
  }
}
