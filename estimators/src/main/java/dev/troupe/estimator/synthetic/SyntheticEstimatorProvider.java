package dev.troupe.estimator.synthetic;

import dev.troupe.estimator.AnswerScope;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.SimulatedCost;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import java.util.List;

/** Makes the {@code synthetic} estimator. */
public final class SyntheticEstimatorProvider implements EstimatorProvider {

  private static final double MOST_COST = 1e9;
  private static final double MOST_NOISE = 1e9;

  /** Called by {@link java.util.ServiceLoader}. */
  public SyntheticEstimatorProvider() {}

  @Override
  public String name() {
    return "synthetic";
  }

  @Override
  public String description() {
    return "Test functions, conditional problems and learning curves, with known optima";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("problem", "required", String.join(", ", Problems.names())),
        new Option("dimension", "10", "2 to 40, where the problem's name fixes none"),
        new Option(
            "instance", "0", "above 0: the optimum moved, and the ellipsoid turned, by this seed"),
        new Option("epochs", "50", "length of a learning curve (problem = curves)"),
        new Option(
            "axes",
            "none",
            "on which it can be judged for less, from a tenth on: some of [data, resolution, width, cells]"),
        new Option("bias", "1", "what is added, on average, where an axis is almost 0"),
        new Option("noise", "0", "deviation of normal noise on every value"),
        new Option("metric", "value", "the name under which the value is reported"),
        new Option("cost", "1", "virtual seconds per evaluation"),
        new Option(
            "simulated-cost",
            "none",
            "instead of cost: { median = 1, sigma = 0.5 }, lognormal by a hash of the candidate"));
  }

  @Override
  public Estimator create(EstimatorRequest request) {
    Settings settings = request.settings();
    Problem problem = Problems.from(settings);
    String metric = settings.getString("metric", "value");
    double noise = settings.getDouble("noise", 0, 0, MOST_NOISE);
    SimulatedCost cost =
        SimulatedCost.find(settings)
            .orElseGet(() -> new SimulatedCost(settings.getDouble("cost", 1, 0, MOST_COST), 0));
    new AnswerScope("synthetic " + problem.name(), problem.space(), List.of(metric))
        .require(request);
    return new SyntheticEstimator(
        problem, request.space(), metric, noise, cost, ProxyAxes.read(settings));
  }

  /** {@inheritDoc} That of the problem; there is nothing to guess, so hints are refused. */
  @Override
  public SearchSpace inferSpace(SpaceRequest request) {
    request.hints().requireKnown(List.of());
    return Problems.from(request.settings()).space();
  }
}
