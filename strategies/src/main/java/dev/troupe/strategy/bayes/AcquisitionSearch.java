package dev.troupe.strategy.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Looks for the point that is worth most: scores random points and random changes of the best known
 * ones, and from the best of them climbs, along the gradient in the continuous coordinates and by
 * one change at a time in the others, in turn. Not thread safe.
 */
final class AcquisitionSearch {

  /** A point and its worth. */
  record Scored(double[] point, double worth) {}

  /**
   * How much to spend.
   *
   * @param samples random points, at least 1
   * @param changes random changes of each anchor
   * @param starts climbs
   * @param steps steps along the gradient in a row
   */
  record Effort(int samples, int changes, int starts, int steps) {}

  private static final int BATCH = 64;
  private static final int ROUNDS = 3;
  private static final double APART = 0.02;
  private static final double[] CHANGE_DEVIATIONS = {0.2, 0.05, 0.01};
  private static final double CHANGED_COORDINATES = 3;
  private static final double TOLERANCE = 1e-4;

  /** An ordered coordinate of at most so many cells is tried at each. */
  private static final int MOST_TRIED = 16;

  private static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble(Scored::worth).reversed();

  private final CandidateSpace space;
  private final GaussianProcess process;
  private final Acquisition acquisition;
  private final RandomGenerator random;
  private final double[] means = new double[BATCH];
  private final double[] variances = new double[BATCH];
  private final double[] prediction = new double[2];
  private final double[] meanGradient;
  private final double[] varianceGradient;
  private final double[] full;
  private final boolean[] active;

  AcquisitionSearch(
      CandidateSpace space,
      GaussianProcess process,
      Acquisition acquisition,
      RandomGenerator random) {
    this.space = space;
    this.process = process;
    this.acquisition = acquisition;
    this.random = random;
    meanGradient = new double[space.dimensions()];
    varianceGradient = new double[space.dimensions()];
    full = new double[space.dimensions()];
    active = new boolean[space.dimensions()];
  }

  /**
   * Returns candidates, best first, all allowed.
   *
   * @param anchors good points to look around
   */
  List<Scored> search(List<double[]> anchors, Effort effort) {
    List<Scored> scored = score(candidates(anchors, effort));
    scored.sort(BEST_FIRST);
    List<Scored> found = new ArrayList<>();
    for (Scored start : spread(scored, effort.starts())) {
      found.add(climb(start, effort.steps()));
    }
    found.addAll(scored);
    found.sort(BEST_FIRST); // stable: of equals the climbed one comes first
    return found;
  }

  private List<double[]> candidates(List<double[]> anchors, Effort effort) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < effort.samples(); i++) {
      points.add(space.sample(random));
    }
    for (double[] anchor : anchors) {
      for (int i = 0; i < effort.changes(); i++) {
        double[] changed = change(anchor, CHANGE_DEVIATIONS[i % CHANGE_DEVIATIONS.length]);
        if (space.isAllowed(changed)) {
          points.add(changed);
        }
      }
    }
    return points;
  }

  /** Changes some three coordinates, at least one. */
  private double[] change(double[] anchor, double deviation) {
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
    return cells.snap(moved > 1 ? 2 - moved : moved); // reflected at the ends
  }

  private List<Scored> score(List<double[]> points) {
    List<Scored> scored = new ArrayList<>(points.size());
    for (int from = 0; from < points.size(); from += BATCH) {
      List<double[]> part = points.subList(from, Math.min(from + BATCH, points.size()));
      double[][] queries = part.toArray(new double[0][]);
      var actives = new boolean[queries.length][space.dimensions()];
      for (int i = 0; i < queries.length; i++) {
        space.resolve(queries[i], actives[i]);
      }
      process.predict(queries, actives, queries.length, means, variances);
      for (int i = 0; i < queries.length; i++) {
        scored.add(
            new Scored(queries[i], acquisition.value(means[i], Math.sqrt(variances[i]))));
      }
    }
    return scored;
  }

  /** Returns the best that are not close to a better one. */
  private static List<Scored> spread(List<Scored> scored, int count) {
    List<Scored> chosen = new ArrayList<>();
    for (Scored each : scored) {
      if (chosen.size() == count) {
        break;
      }
      if (chosen.stream().noneMatch(other -> isClose(each.point(), other.point()))) {
        chosen.add(each);
      }
    }
    return chosen;
  }

  private static boolean isClose(double[] one, double[] other) {
    for (int j = 0; j < one.length; j++) {
      if (Math.abs(one[j] - other[j]) > APART) {
        return false;
      }
    }
    return true;
  }

  private Scored climb(Scored start, int steps) {
    Scored best = start;
    for (int round = 0; round < ROUNDS; round++) {
      Scored smooth = climbSmoothly(best, steps);
      Scored next = climbByChanges(smooth);
      boolean isLast = next == smooth;
      best = next;
      if (isLast) {
        break;
      }
    }
    return best;
  }

  private Scored climbSmoothly(Scored start, int steps) {
    space.resolve(start.point(), active);
    int[] free = freeCoordinates();
    if (free.length == 0) {
      return start;
    }
    var low = new double[free.length];
    var high = new double[free.length];
    Arrays.fill(high, 1);
    var x = new double[free.length];
    for (int i = 0; i < free.length; i++) {
      x[i] = start.point()[free[i]];
    }
    System.arraycopy(start.point(), 0, full, 0, full.length);
    double least =
        new BoundedMinimizer(low, high)
            .minimize((at, gradient) -> descend(at, free, gradient), x, steps, TOLERANCE);
    if (!(-least > start.worth())) {
      return start;
    }
    double[] climbed = start.point().clone();
    for (int i = 0; i < free.length; i++) {
      climbed[free[i]] = x[i];
    }
    return new Scored(climbed, -least);
  }

  private int[] freeCoordinates() {
    var free = new int[active.length];
    int count = 0;
    for (int j = 0; j < active.length; j++) {
      if (active[j] && space.cells(j).isContinuous()) {
        free[count++] = j;
      }
    }
    return Arrays.copyOf(free, count);
  }

  /** Minus the worth, by the coordinates that are free. */
  private double descend(double[] at, int[] free, double[] gradient) {
    for (int i = 0; i < free.length; i++) {
      full[free[i]] = at[i];
    }
    if (!space.isAllowed(full)) {
      return Double.POSITIVE_INFINITY;
    }
    space.resolve(full, active);
    process.predict(full, active, meanGradient, varianceGradient, prediction);
    double mean = prediction[0];
    double deviation = Math.sqrt(prediction[1]);
    double meanSlope = acquisition.meanSlope(mean, deviation);
    double varianceSlope = acquisition.deviationSlope(mean, deviation) / (2 * deviation);
    for (int i = 0; i < free.length; i++) {
      gradient[i] =
          -meanSlope * meanGradient[free[i]] - varianceSlope * varianceGradient[free[i]];
    }
    return -acquisition.value(mean, deviation);
  }

  /** Returns the best of the point and all that differ in one coordinate that has cells. */
  private Scored climbByChanges(Scored start) {
    Scored best = start;
    for (int move = 0; move < space.dimensions(); move++) {
      List<double[]> neighbours = neighbours(best.point());
      if (neighbours.isEmpty()) {
        return best;
      }
      Scored better = best;
      for (Scored each : score(neighbours)) {
        better = each.worth() > better.worth() ? each : better;
      }
      if (better == best) {
        break;
      }
      best = better;
    }
    return best;
  }

  private List<double[]> neighbours(double[] point) {
    List<double[]> found = new ArrayList<>();
    space.resolve(point, active);
    for (int j = 0; j < point.length; j++) {
      UnitCells cells = space.cells(j);
      if (!active[j] || cells.isContinuous()) {
        continue;
      }
      int own = cells.index(point[j]);
      int reach = cells.isOrdered() && cells.count() > MOST_TRIED ? 2 : cells.count();
      for (int other = Math.max(0, own - reach);
          other < Math.min(cells.count(), own + reach + 1);
          other++) {
        double[] neighbour = point.clone();
        neighbour[j] = cells.center(other);
        if (other != own && space.isAllowed(neighbour)) {
          found.add(neighbour);
        }
      }
    }
    return found;
  }
}
