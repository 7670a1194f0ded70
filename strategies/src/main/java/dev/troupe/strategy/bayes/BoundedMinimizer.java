package dev.troupe.strategy.bayes;

/**
 * Finds a local minimum in a box by the limited-memory quasi-Newton method of Liu and Nocedal
 * (1989, doi:10.1007/BF01589116): variables at a bound whose gradient points outwards are left out
 * of each step, and steps are projected into the box (Bertsekas 1982, doi:10.1137/0320018) and
 * halved, or cut by a parabola, until the value falls by Armijo's rule. It never ends above the
 * start. Not thread safe.
 */
final class BoundedMinimizer {

  private static final int MEMORY = 8;
  private static final int MOST_CUTS = 12;
  private static final double ARMIJO = 1e-4;
  private static final double LEAST_CURVATURE = 1e-12;

  private final double[] low;
  private final double[] high;
  private final int dimensions;

  /** Shape [memory, d]: steps, and how they changed the gradient. */
  private final double[][] steps;

  private final double[][] changes;
  private final double[] inverseProducts = new double[MEMORY];
  private final double[] weights = new double[MEMORY];
  private int remembered;
  private int newest;

  private final double[] gradient;
  private final double[] direction;
  private final double[] candidate;
  private final double[] candidateGradient;
  private int evaluations;

  /** Returns a minimiser in the box of these bounds, shape [d] each. */
  BoundedMinimizer(double[] low, double[] high) {
    this.low = low.clone();
    this.high = high.clone();
    dimensions = low.length;
    steps = new double[MEMORY][dimensions];
    changes = new double[MEMORY][dimensions];
    gradient = new double[dimensions];
    direction = new double[dimensions];
    candidate = new double[dimensions];
    candidateGradient = new double[dimensions];
  }

  /**
   * Goes downhill.
   *
   * @param x where to begin, moved into the box; receives where it ended
   * @param mostIterations at most so many steps
   * @param tolerance ends where no component of the projected gradient is larger, or where a step
   *     lowers the value by less than a thousandth of it
   * @return the value at the end; not finite if it has none at the start
   */
  double minimize(Differentiable function, double[] x, int mostIterations, double tolerance) {
    remembered = 0;
    clamp(x);
    double value = evaluate(function, x, gradient);
    for (int i = 0; i < mostIterations && Double.isFinite(value); i++) {
      if (!aim(x, tolerance)) {
        break;
      }
      double next = search(function, x, value);
      if (!(next < value)) {
        if (remembered == 0) {
          break;
        }
        remembered = 0; // the memory misled; try the gradient alone
        continue;
      }
      boolean done = value - next < tolerance * 1e-3;
      value = next;
      if (done) {
        break;
      }
    }
    return value;
  }

  /** Returns how often the function was evaluated since the minimiser was made. */
  int evaluations() {
    return evaluations;
  }

  private double evaluate(Differentiable function, double[] x, double[] into) {
    evaluations++;
    return function.value(x, into);
  }

  private void clamp(double[] x) {
    for (int j = 0; j < dimensions; j++) {
      x[j] = Math.max(low[j], Math.min(high[j], x[j]));
    }
  }

  private boolean isHeld(double[] x, int j) {
    return x[j] <= low[j] && gradient[j] > 0 || x[j] >= high[j] && gradient[j] < 0;
  }

  /** Sets the direction; returns whether there is one. */
  private boolean aim(double[] x, double tolerance) {
    double largest = 0;
    for (int j = 0; j < dimensions; j++) {
      direction[j] = isHeld(x, j) ? 0 : -gradient[j];
      largest = Math.max(largest, Math.abs(direction[j]));
    }
    if (!(largest > tolerance)) {
      return false;
    }
    if (remembered == 0) {
      // Without curvature a step of a tenth of a unit, or less, is careful.
      multiply(direction, Math.min(1, 0.1 / largest));
      return true;
    }
    applyMemory();
    double slope = 0;
    for (int j = 0; j < dimensions; j++) {
      direction[j] = isHeld(x, j) ? 0 : direction[j];
      slope += direction[j] * gradient[j];
    }
    if (!(slope < 0)) {
      remembered = 0;
      return aim(x, tolerance);
    }
    return true;
  }

  /** The two loops over the memory. */
  private void applyMemory() {
    for (int age = 0; age < remembered; age++) {
      int m = Math.floorMod(newest - age, MEMORY);
      weights[m] = dot(steps[m], direction) * inverseProducts[m];
      add(direction, -weights[m], changes[m]);
    }
    double scale = 1 / (inverseProducts[newest] * dot(changes[newest], changes[newest]));
    multiply(direction, scale);
    for (int age = remembered - 1; age >= 0; age--) {
      int m = Math.floorMod(newest - age, MEMORY);
      double back = dot(changes[m], direction) * inverseProducts[m];
      add(direction, weights[m] - back, steps[m]);
    }
  }

  /** Steps along the direction; returns the new value, or the old one if none was lower. */
  private double search(Differentiable function, double[] x, double value) {
    double length = 1;
    for (int cut = 0; cut < MOST_CUTS; cut++) {
      double slope = 0;
      for (int j = 0; j < dimensions; j++) {
        candidate[j] = Math.max(low[j], Math.min(high[j], x[j] + length * direction[j]));
        slope += gradient[j] * (candidate[j] - x[j]);
      }
      double next = evaluate(function, candidate, candidateGradient);
      if (Double.isFinite(next) && next <= value + ARMIJO * slope && slope < 0) {
        accept(x);
        return next;
      }
      length *= cut(value, slope, next);
    }
    return value;
  }

  /** Returns where the parabola through the value, slope and next value has its bottom. */
  private static double cut(double value, double slope, double next) {
    double bottom = -slope / (2 * (next - value - slope));
    return bottom > 0.1 && bottom < 0.5 ? bottom : Double.isFinite(next) ? 0.25 : 0.1;
  }

  private void accept(double[] x) {
    int place = remembered == 0 ? 0 : (newest + 1) % MEMORY;
    double product = 0;
    for (int j = 0; j < dimensions; j++) {
      steps[place][j] = candidate[j] - x[j];
      changes[place][j] = candidateGradient[j] - gradient[j];
      product += steps[place][j] * changes[place][j];
      x[j] = candidate[j];
      gradient[j] = candidateGradient[j];
    }
    if (product > LEAST_CURVATURE * dot(changes[place], changes[place])) {
      inverseProducts[place] = 1 / product;
      newest = place;
      remembered = Math.min(remembered + 1, MEMORY);
    } else if (remembered == MEMORY) {
      remembered--; // the oldest was overwritten
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static void add(double[] sum, double factor, double[] other) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * other[j];
    }
  }

  private static void multiply(double[] vector, double factor) {
    for (int j = 0; j < vector.length; j++) {
      vector[j] *= factor;
    }
  }
}
