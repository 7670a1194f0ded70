package dev.troupe.estimator.table;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Objective;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Tables for tests, as a study file would describe them. */
final class Tables {

  private static final TableEstimatorProvider PROVIDER = new TableEstimatorProvider();

  private Tables() {}

  /** Returns the space that is inferred. */
  static SearchSpace infer(Path folder, String estimator, String hints) {
    Settings settings = settings(estimator);
    Providers.requireKnown(PROVIDER, settings);
    Config infer = ConfigFactory.parseString(hints);
    return PROVIDER.inferSpace(new SpaceRequest(settings, Settings.of("infer", infer), folder));
  }

  /** Returns an estimator that minimises these metrics. */
  static SimulatedEstimator create(
      Path folder, String estimator, SearchSpace space, String... metrics) {
    Settings settings = settings(estimator);
    Providers.requireKnown(PROVIDER, settings);
    List<Objective> objectives = Arrays.stream(metrics).map(Objective::minimize).toList();
    return (SimulatedEstimator)
        PROVIDER.create(
            new EstimatorRequest(space, objectives, RandomStreams.of(1), settings, folder));
  }

  /** Returns an estimator over the inferred space. */
  static SimulatedEstimator create(Path folder, String estimator, String... metrics) {
    return create(folder, estimator, infer(folder, estimator, ""), metrics);
  }

  private static Settings settings(String estimator) {
    return Settings.of("estimator", ConfigFactory.parseString(estimator));
  }
}
