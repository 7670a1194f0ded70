package dev.troupe.strategy.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Looks for the point of a region that is worth most: scores random points and random changes of
 * the best known ones, and from the best of them climbs, along the gradient in the continuous
 * coordinates and by one change at a time in the others, in turn. Not thread safe.
 */
final class AcquisitionSearch {

  /**
   * How much to spend.
   *
   * @param samples random points, at least 1
   * @param changes random changes of each anchor
   * @param starts climbs
   * @param steps steps along the gradient in a row
   */
  record Effort(int samples, int changes, int starts, int steps) {

    /** Returns an effort that keeps a suggestion affordable, whatever the size of the process. */
    static Effort of(int size) {
      if (size <= FEW) {
        return new Effort(256, 32, 3, 25);
      }
      return size <= MANY ? new Effort(1024, 96, 5, 25) : new Effort(384, 48, 3, 25);
    }
  }

  private static final int FEW = 20;
  private static final int MANY = 150;

  private static final int BATCH = 64;
  private static final int ROUNDS = 3;
  private static final double APART = 0.02;
  private static final double TOLERANCE = 1e-4;

  /** An ordered coordinate of at most so many cells is tried at each. */
  private static final int MOST_TRIED = 16;

  private final CandidateSpace space;
  private final Region region;
  private final Worth worth;
  private final Predicate<double[]> isNew;
  private final CandidateSampler sampler;
  private final double[] worths = new double[BATCH];
  private final double[] slopes;
  private final double[] full;
  private final boolean[] active;

  AcquisitionSearch(
      CandidateSpace space,
      Region region,
      Worth worth,
      Predicate<double[]> isNew,
      RandomGenerator random) {
    this.space = space;
    this.region = region;
    this.worth = worth;
    this.isNew = isNew;
    this.sampler = new CandidateSampler(space, region, random);
    slopes = new double[space.dimensions()];
    full = new double[space.dimensions()];
    active = new boolean[space.dimensions()];
  }

  /**
   * Returns candidates, best first, all allowed and, as far as there are no continuous coordinates,
   * new: what was evaluated would attract every climb.
   *
   * @param anchors good points to look around
   */
  List<Scored> search(List<double[]> anchors, Effort effort) {
    List<double[]> points = sampler.draw(anchors, effort.samples(), effort.changes());
    points.removeIf(isNew.negate());
    List<Scored> scored = score(points);
    scored.sort(Scored.BEST_FIRST);
    List<Scored> found = new ArrayList<>();
    for (Scored start : spread(scored, effort.starts())) {
      found.add(climb(start, effort.steps()));
    }
    found.addAll(scored);
    found.sort(Scored.BEST_FIRST); // stable: of equals the climbed one comes first
    return found;
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
      worth.values(queries, actives, queries.length, worths);
      for (int i = 0; i < queries.length; i++) {
        scored.add(new Scored(queries[i], worths[i]));
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
    var x = new double[free.length];
    for (int i = 0; i < free.length; i++) {
      low[i] = region.low(free[i]);
      high[i] = region.high(free[i]);
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
    double value = worth.value(full, active, slopes);
    for (int i = 0; i < free.length; i++) {
      gradient[i] = -slopes[free[i]];
    }
    return -value;
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
        boolean isNear = !cells.isOrdered() || region.contains(j, neighbour[j]);
        if (other != own && isNear && space.isAllowed(neighbour) && isNew.test(neighbour)) {
          found.add(neighbour);
        }
      }
    }
    return found;
  }
}
