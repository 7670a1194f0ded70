package dev.troupe.estimator.synthetic;

import com.typesafe.config.ConfigFactory;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorContract;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class SyntheticFunctionContractTest extends EstimatorContract {

  private static final Settings SETTINGS =
      Settings.of("estimator", ConfigFactory.parseString("problem = branin, noise = 1"));

  @Override
  protected Estimator createEstimator() {
    return new SyntheticEstimatorProvider()
        .create(
            new EstimatorRequest(
                Problems.from(SETTINGS).space(),
                objectives(),
                RandomStreams.of(1),
                SETTINGS,
                Path.of("")));
  }

  @Override
  protected Suggestion suggestion() {
    return Suggestion.evaluate(Configuration.of(Map.of("x0", 0.5, "x1", 1.5)));
  }

  @Override
  protected List<Objective> objectives() {
    return List.of(Objective.minimize("value"));
  }

  @Override
  protected boolean hasSteps() {
    return false;
  }
}
