package dev.troupe.estimator.isolation;

import com.typesafe.config.ConfigFactory;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorContract;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A synthetic training curve, computed in processes of its own. */
final class IsolatedEstimatorContractTest extends EstimatorContract {

  private static final List<Objective> OBJECTIVES = List.of(Objective.minimize("value"));

  /** Makes it in the child. */
  public static final class Maker implements EstimatorRecipe.Maker {

    /** Called in the child. */
    public Maker() {}

    @Override
    public Estimator make(List<String> ingredients) {
      Settings settings = Settings.of("estimator", ConfigFactory.parseString(ingredients.get(0)));
      EstimatorProvider provider =
          Providers.find(EstimatorProvider.class, "estimator", "synthetic");
      return provider.create(
          new EstimatorRequest(
              provider.inferSpace(new SpaceRequest(settings, Settings.none("infer"), Path.of(""))),
              OBJECTIVES,
              RandomStreams.of(1),
              settings,
              Path.of("")));
    }
  }

  @Override
  protected Estimator createEstimator() {
    return IsolatedEstimator.create(
        new EstimatorRecipe(Maker.class, List.of("problem = curves, noise = 0.1")),
        IsolationOptions.of(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"), 1));
  }

  @Override
  protected Suggestion suggestion() {
    return Suggestion.evaluate(
        Configuration.of(
            Map.of("optimizer", "sgd", "learning-rate", 0.1, "width", 64, "dropout", 0.1)));
  }

  @Override
  protected List<Objective> objectives() {
    return OBJECTIVES;
  }
}
