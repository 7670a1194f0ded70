package dev.troupe.architecture.distance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.exception.TooManyIterationsException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.PivotSelectionRule;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * The cheapest way to move masses onto others, of which any part may stay and cost 1 by the unit.
 */
final class Transport {

  /** What leaving both a unit here and a unit there costs: dearer moves never happen. */
  private static final double DEAREST = 2;

  private static final double EPSILON = 1e-9;
  private static final int ULPS = 10;
  private static final double CUT_OFF = 1e-12;
  private static final int ITERATIONS_PER_CELL = 20;

  private final double[][] plan;
  private final double cost;

  private Transport(double[][] plan, double cost) {
    this.plan = plan;
    this.cost = cost;
  }

  /**
   * Returns how much of each mass goes where, shape [masses + 1, others + 1]; the last row and
   * column are what finds no place.
   */
  double[][] plan() {
    return plan;
  }

  /** Returns what all of it costs. */
  double cost() {
    return cost;
  }

  /**
   * Solves the linear program.
   *
   * @param masses above 0
   * @param others above 0
   * @param costs by the unit, shape [masses, others]; may be infinite
   */
  static Transport of(double[] masses, double[] others, double[][] costs) {
    double total = Arrays.stream(masses).sum() + Arrays.stream(others).sum();
    double[] supplies = withRest(masses, others, total);
    double[] demands = withRest(others, masses, total);
    double[] objective = objective(costs, masses.length, others.length);
    double[] solution = solve(objective, constraints(supplies, demands));
    var plan = new double[supplies.length][demands.length];
    double cost = 0;
    for (int i = 0; i < solution.length; i++) {
      double moved = solution[i] * total;
      plan[i / demands.length][i % demands.length] = moved;
      cost += moved * objective[i];
    }
    return new Transport(plan, cost);
  }

  /** Returns masses by the total, and what the other side could leave. */
  private static double[] withRest(double[] masses, double[] others, double total) {
    double[] all = Arrays.copyOf(masses, masses.length + 1);
    all[masses.length] = Arrays.stream(others).sum();
    return Arrays.stream(all).map(mass -> mass / total).toArray();
  }

  private static double[] objective(double[][] costs, int rows, int columns) {
    var objective = new double[(rows + 1) * (columns + 1)];
    for (int i = 0; i <= rows; i++) {
      for (int j = 0; j <= columns; j++) {
        boolean isMove = i < rows && j < columns;
        double left = i == rows && j == columns ? 0 : 1;
        objective[i * (columns + 1) + j] = isMove ? Math.min(costs[i][j], DEAREST) : left;
      }
    }
    return objective;
  }

  private static List<LinearConstraint> constraints(double[] supplies, double[] demands) {
    var constraints = new ArrayList<LinearConstraint>();
    for (int i = 0; i < supplies.length; i++) {
      var row = new double[supplies.length * demands.length];
      Arrays.fill(row, i * demands.length, (i + 1) * demands.length, 1);
      constraints.add(new LinearConstraint(row, Relationship.EQ, supplies[i]));
    }
    for (int j = 0; j + 1 < demands.length; j++) { // the last follows from the others
      var column = new double[supplies.length * demands.length];
      for (int i = 0; i < supplies.length; i++) {
        column[i * demands.length + j] = 1;
      }
      constraints.add(new LinearConstraint(column, Relationship.EQ, demands[j]));
    }
    return constraints;
  }

  private static double[] solve(double[] objective, List<LinearConstraint> constraints) {
    try {
      return solve(objective, constraints, PivotSelectionRule.DANTZIG, ITERATIONS_PER_CELL);
    } catch (TooManyIterationsException e) {
      // The fast rule can go round in a circle; this one cannot.
      return solve(objective, constraints, PivotSelectionRule.BLAND, 1000 * ITERATIONS_PER_CELL);
    }
  }

  private static double[] solve(
      double[] objective,
      List<LinearConstraint> constraints,
      PivotSelectionRule rule,
      int iterationsPerCell) {
    PointValuePair solution =
        new SimplexSolver(EPSILON, ULPS, CUT_OFF)
            .optimize(
                new LinearObjectiveFunction(objective, 0),
                new LinearConstraintSet(constraints),
                GoalType.MINIMIZE,
                new NonNegativeConstraint(true),
                new MaxIter(iterationsPerCell * objective.length),
                rule);
    return solution.getPoint();
  }
}
