package dev.troupe.benchmarks;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.settings.Option;
import dev.troupe.study.Metrics;
import java.util.List;

/** The estimator {@code sleeping}: a trial that takes a while and no processor. */
public final class SleepingEstimatorProvider implements EstimatorProvider {

  /** Called by the service loader. */
  public SleepingEstimatorProvider() {}

  @Override
  public String name() {
    return "sleeping";
  }

  @Override
  public String description() {
    return "sleeps, and returns the number of the trial as its loss";
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("seconds", "0.5", "how long a trial takes"));
  }

  @Override
  public Estimator create(EstimatorRequest request) {
    long millis = Math.round(1000 * request.settings().getDouble("seconds", 0.5, 0, 3600));
    return FunctionEstimator.of(
        (suggestion, evaluation) -> {
          Thread.sleep(millis);
          return Metrics.of("loss", (double) evaluation.attempt().trial().number());
        });
  }
}
