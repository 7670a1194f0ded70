package dev.troupe.estimator.onnx;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorContract;
import dev.troupe.space.Configuration;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.Map;

final class SurrogateContractTest extends EstimatorContract {

  @Override
  protected Estimator createEstimator() {
    return Surrogates.create(Surrogates.glmnet(), "instance = 40981", "mmce");
  }

  @Override
  protected Suggestion suggestion() {
    return Suggestion.evaluate(Configuration.of(Map.of("alpha", 0.5, "s", 0.1)));
  }

  @Override
  protected List<Objective> objectives() {
    return List.of(Objective.minimize("mmce"));
  }

  @Override
  protected boolean hasSteps() {
    return false;
  }
}
