package dev.troupe.estimator.cost;

import dev.troupe.space.Configuration;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.FidelityReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns what evaluations cost: log cost = a + sum over axes of exponent × log(amount / full
 * amount) + an effect of the candidate + noise, all normal, which is a Bayesian linear regression
 * with a random effect (Lindley, Smith 1972, doi:10.1111/j.2517-6161.1972.tb00885.x) and has an
 * exact answer. The exponents are drawn towards those of the published cost model, cost ~ epochs ×
 * data × resolution² × width² × cells × repeats; the effects of the candidates are integrated out,
 * so that a candidate seen at two fidelities tells much, and two candidates at one each tell
 * little.
 *
 * <p>An observation takes time and memory that do not depend on how many there were, but for one
 * entry a candidate. The order of the observations changes nothing but the last digits. The noise
 * has a fixed deviation of {@value #NOISE} (on the log scale), and a straggler is an observation
 * like any other: one in five that takes ten times as long moves an exponent by some tenths, not
 * more, since the prior holds it. Not thread safe.
 */
public final class CostLearner {

  private static final double NOISE = 0.2;
  private static final double CANDIDATE_DEVIATION = 1;
  private static final double EXPONENT_DEVIATION = 0.5;
  private static final double INTERCEPT_DEVIATION = 30;

  /** Sums over the observations of one candidate; the first entry belongs to the intercept. */
  private static final class Group {
    private final double[] x;
    private double y;
    private int n;

    Group(int columns) {
      x = new double[columns];
    }

    /** How much of the products of the sums a common effect takes away. */
    double share() {
      double common = CANDIDATE_DEVIATION * CANDIDATE_DEVIATION;
      return common / (NOISE * NOISE + n * common);
    }
  }

  private final List<FidelityRange> ranges;
  private final Map<Configuration, Group> groups = new HashMap<>(); // never iterated over
  private final double[][] squares;
  private final double[] products;
  private int observations;

  /**
   * Knows nothing but the prior.
   *
   * @param ranges the axes, with their full amounts
   */
  public CostLearner(List<FidelityRange> ranges) {
    this.ranges = List.copyOf(ranges);
    int columns = this.ranges.size() + 1;
    squares = new double[columns][columns];
    products = new double[columns];
  }

  /** Returns the log of the share of the full amount that is spent on an axis, at most 0. */
  static double logShare(FidelityRange range, Fidelity fidelity) {
    return StrictMath.log(Math.min(1, fidelity.amount(range.axis(), range.high()) / range.high()));
  }

  /**
   * Learns from an evaluation.
   *
   * @param candidate what was evaluated
   * @param fidelity on how much
   * @param seconds what it took; anything that is not finite and above 0 tells nothing
   */
  public void observe(Configuration candidate, Fidelity fidelity, double seconds) {
    if (!(seconds > 0) || Double.isInfinite(seconds)) {
      return;
    }
    double[] x = row(fidelity);
    double y = StrictMath.log(seconds);
    Group group = groups.computeIfAbsent(candidate, unused -> new Group(x.length));
    take(group, -1);
    for (int i = 0; i < x.length; i++) {
      group.x[i] += x[i];
      products[i] += x[i] * y;
      for (int j = 0; j < x.length; j++) {
        squares[i][j] += x[i] * x[j];
      }
    }
    group.y += y;
    group.n++;
    take(group, 1);
    observations++;
  }

  private double[] row(Fidelity fidelity) {
    var x = new double[ranges.size() + 1];
    x[0] = 1;
    for (int i = 1; i < x.length; i++) {
      x[i] = logShare(ranges.get(i - 1), fidelity);
    }
    return x;
  }

  /** Takes the common effect of a candidate out of the sums, or puts it back. */
  private void take(Group group, int sign) {
    double share = sign * group.share();
    for (int i = 0; i < products.length; i++) {
      products[i] -= share * group.x[i] * group.y;
      for (int j = 0; j < products.length; j++) {
        squares[i][j] -= share * group.x[i] * group.x[j];
      }
    }
  }

  /** Returns what is known by now. */
  public CostModel model() {
    int columns = products.length;
    var precision = new double[columns][columns];
    var pull = new double[columns];
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        precision[i][j] = squares[i][j] / (NOISE * NOISE);
      }
      double deviation = i == 0 ? INTERCEPT_DEVIATION : EXPONENT_DEVIATION;
      double prior = 1 / (deviation * deviation);
      precision[i][i] += prior;
      pull[i] = products[i] / (NOISE * NOISE) + prior * (i == 0 ? 0 : published(i - 1));
    }
    double[][] covariance = PositiveMatrix.inverse(precision);
    var exponents = new ArrayList<FidelityReport.Exponent>();
    for (int i = 1; i < columns; i++) {
      double mean = 0;
      for (int j = 0; j < columns; j++) {
        mean += covariance[i][j] * pull[j];
      }
      exponents.add(new FidelityReport.Exponent(mean, Math.sqrt(covariance[i][i])));
    }
    return new CostModel(ranges, exponents, observations);
  }

  private double published(int axis) {
    return Fidelity.costExponent(ranges.get(axis).axis());
  }
}
