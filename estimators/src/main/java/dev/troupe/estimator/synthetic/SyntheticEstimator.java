package dev.troupe.estimator.synthetic;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedCost;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Direction;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Evaluates a {@link Problem}, with noise that follows from the study's seed and the trial's number
 * alone. Immutable and thread safe.
 */
final class SyntheticEstimator implements SimulatedEstimator {

  /** The axis on which the learning curves can be cut short. */
  static final String EPOCHS = "epochs";

  private final Problem problem;
  private final String metric;
  private final double noise;
  private final SimulatedCost cost;
  private final ProxyAxes axes;
  private final boolean isMinimumReachable;

  /**
   * Serves one problem.
   *
   * @param space where the search looks; the minimum counts as known only if it is in there
   * @param noise deviation of the normal noise on every value, at least 0
   * @param axes on which it can be judged for less, besides the epochs of learning curves
   */
  SyntheticEstimator(
      Problem problem,
      SearchSpace space,
      String metric,
      double noise,
      SimulatedCost cost,
      ProxyAxes axes) {
    this.problem = problem;
    this.metric = metric;
    this.noise = noise;
    this.cost = cost;
    this.axes = axes;
    this.isMinimumReachable =
        problem.space().equals(space) || problem.minimizers().stream().anyMatch(space::contains);
  }

  @Override
  public List<FidelityRange> fidelities() {
    var ranges = new ArrayList<FidelityRange>();
    if (problem instanceof CurveProblem curves) {
      ranges.add(new FidelityRange(EPOCHS, 1, curves.epochs()));
    }
    ranges.addAll(axes.ranges());
    return List.copyOf(ranges);
  }

  @Override
  public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
    Configuration candidate = suggestion.candidate();
    RandomGenerator random = evaluation.random("noise");
    if (problem instanceof CurveProblem curves) {
      double amount = suggestion.fidelity().amount(EPOCHS, curves.epochs());
      int last = (int) Math.max(1, Math.min(curves.epochs(), Math.floor(amount)));
      return playCurve(curves, candidate, suggestion.fidelity(), last, random);
    }
    double value =
        problem.value(candidate)
            + axes.bias(candidate, suggestion.fidelity())
            + noise(random, noise);
    return Playback.of(
        Metrics.of(metric, value), cost.seconds(candidate) * axes.cost(suggestion.fidelity()));
  }

  private Playback playCurve(
      CurveProblem curves,
      Configuration candidate,
      Fidelity fidelity,
      int last,
      RandomGenerator random) {
    double[] losses = curves.curve(candidate, last);
    double deviation = Math.hypot(noise, curves.noise(candidate));
    double bias = axes.bias(candidate, fidelity);
    double whole = cost.seconds(candidate) * curves.relativeCost(candidate);
    double seconds = whole * axes.cost(fidelity) / curves.epochs();
    List<Playback.Point> points = new ArrayList<>(last);
    for (int epoch = 1; epoch <= last; epoch++) {
      double loss = losses[epoch - 1];
      if (Double.isNaN(loss)) {
        String reason =
            "%s was NaN at epoch %d. Maybe lower 'learning-rate' (%s)."
                .formatted(metric, epoch, candidate.get("learning-rate"));
        return new Playback(points, Metrics.none(), reason, epoch * seconds);
      }
      double measured = loss + bias + noise(random, deviation);
      points.add(new Playback.Point(epoch, Metrics.of(metric, measured), epoch * seconds));
    }
    return Playback.of(points);
  }

  private static double noise(RandomGenerator random, double deviation) {
    return deviation == 0 ? 0 : deviation * random.nextGaussian();
  }

  @Override
  public OptionalDouble expected(Configuration candidate, String name) {
    double value = name.equals(metric) ? problem.value(candidate) : Double.NaN;
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** {@inheritDoc} Not known if it is maximised, or if the space leaves the minimum out. */
  @Override
  public OptionalDouble optimum(Objective objective) {
    boolean isKnown =
        objective.equals(new Objective(metric, Direction.MINIMIZE)) && isMinimumReachable;
    return isKnown ? OptionalDouble.of(problem.minimum()) : OptionalDouble.empty();
  }
}
