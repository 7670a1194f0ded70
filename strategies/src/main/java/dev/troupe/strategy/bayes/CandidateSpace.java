package dev.troupe.strategy.bayes;

import dev.troupe.space.Configuration;
import dev.troupe.space.Encoding;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The unit cube of a space as a search over it sees it. A point has a coordinate for each
 * parameter, whether it exists or not: one that does not keeps its coordinate for when it does.
 * Thread safe.
 */
final class CandidateSpace {

  private final SearchSpace space;
  private final Activity activity;
  private final UnitCells[] cells;
  private final boolean constrained;

  CandidateSpace(SearchSpace space) {
    this.space = space;
    activity = Activity.of(space);
    List<Parameter> parameters = space.parameters();
    cells = new UnitCells[parameters.size()];
    for (int j = 0; j < cells.length; j++) {
      cells[j] = UnitCells.of(parameters.get(j));
    }
    constrained = !space.constraints().isEmpty();
  }

  /** Returns the number of coordinates d. */
  int dimensions() {
    return cells.length;
  }

  /** Returns how many parameters can vary; those that exist under conditions only count half. */
  double effectiveDimensions() {
    double count = 0;
    for (int j = 0; j < cells.length; j++) {
      count += cells[j].isConstant() ? 0 : activity.isConditional(j) ? 0.5 : 1;
    }
    return count;
  }

  /** Returns whether a coordinate is continuous. */
  boolean hasContinuum() {
    for (UnitCells own : cells) {
      if (own.isContinuous()) {
        return true;
      }
    }
    return false;
  }

  /** Returns one coordinate. */
  UnitCells cells(int index) {
    return cells[index];
  }

  /** Finds out which parameters exist at a point. */
  void resolve(double[] point, boolean[] active) {
    activity.resolve(point, active);
  }

  /** Returns which parameters exist at a point. */
  boolean[] active(double[] point) {
    var active = new boolean[cells.length];
    activity.resolve(point, active);
    return active;
  }

  /** Moves each coordinate to the point that stands for its value. */
  void snap(double[] point) {
    for (int j = 0; j < cells.length; j++) {
      point[j] = cells[j].snap(point[j]);
    }
  }

  /** Returns whether the configuration of a point obeys the constraints. */
  boolean isAllowed(double[] point) {
    return !constrained || space.satisfies(space.decode(point));
  }

  /** Returns a random point that is allowed. */
  double[] sample(RandomGenerator random) {
    if (constrained) {
      return point(space.sample(random), random);
    }
    var point = new double[cells.length];
    for (int j = 0; j < point.length; j++) {
      point[j] = sample(j, random);
    }
    return point;
  }

  /** Returns a random coordinate. */
  double sample(int index, RandomGenerator random) {
    UnitCells own = cells[index];
    return own.isContinuous() || own.isOrdered()
        ? own.snap(random.nextDouble())
        : own.center(random.nextInt(own.count()));
  }

  /** Returns the point of a configuration; parameters that do not exist get a random coordinate. */
  double[] point(Configuration configuration, RandomGenerator random) {
    Encoding encoding = space.encode(configuration);
    double[] point = encoding.point();
    for (int j = 0; j < point.length; j++) {
      if (!encoding.active()[j]) {
        point[j] = sample(j, random);
      }
    }
    return point;
  }

  /** Returns the configuration of a point. */
  Configuration configuration(double[] point) {
    return space.decode(point);
  }
}
