package dev.troupe.bench;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.settings.Option;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A parabola in x with its minimum 1 at 0.3, noisy on request; it fails below {@code fails-below}
 * and takes as many seconds as ten times x, and one more.
 */
public final class ParabolaProvider implements EstimatorProvider {

  /** For the service loader. */
  public ParabolaProvider() {}

  @Override
  public String name() {
    return "parabola";
  }

  @Override
  public String description() {
    return "A parabola";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("noise", "0", "deviation of the noise"),
        new Option("fails-below", "0", "x below which evaluations fail"));
  }

  @Override
  public Estimator create(EstimatorRequest request) {
    return new Parabola(
        request.settings().getDouble("noise", 0, 0, 10),
        request.settings().getDouble("fails-below", 0, 0, 1));
  }

  private record Parabola(double noise, double failsBelow) implements SimulatedEstimator {

    @Override
    public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
      double x = suggestion.candidate().getDouble("x");
      double seconds = 1 + 10 * x;
      if (x < failsBelow) {
        return Playback.failed("x is too small", seconds);
      }
      double error = noise * evaluation.random("noise").nextGaussian();
      return Playback.of(Metrics.of("loss", value(x) + error), seconds);
    }

    private static double value(double x) {
      return 1 + (x - 0.3) * (x - 0.3);
    }

    @Override
    public OptionalDouble expected(Configuration candidate, String metric) {
      return OptionalDouble.of(value(candidate.getDouble("x")));
    }

    @Override
    public OptionalDouble optimum(Objective objective) {
      return OptionalDouble.of(1);
    }

    @Override
    public Metrics test(EndedTrial best, Evaluation evaluation) {
      return Metrics.of(
          "test", 2 * value(((Suggestion.Evaluate) best.suggestion()).candidate().getDouble("x")));
    }
  }
}
