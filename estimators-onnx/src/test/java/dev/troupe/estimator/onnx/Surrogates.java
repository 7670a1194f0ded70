package dev.troupe.estimator.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Objective;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Makes surrogates as a study file would. */
final class Surrogates {

  private Surrogates() {}

  /** Returns the folder of iaml_glmnet, which lies among the tests. */
  static Path glmnet() {
    try {
      return Path.of(Objects.requireNonNull(Surrogates.class.getResource("iaml_glmnet")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the folder of a larger scenario, or skips the test. */
  static Path large(String scenario) {
    String data = System.getenv("TROUPE_DATA");
    assumeTrue(
        data != null, "TROUPE_DATA is not set; it names the folder in which yahpo/lcbench lies.");
    Path folder = Path.of(data, "yahpo", scenario);
    assumeTrue(Files.isDirectory(folder), "TROUPE_DATA has no folder yahpo/" + scenario + ".");
    return folder;
  }

  static SimulatedEstimator create(Path folder, String text, String metric) {
    return (SimulatedEstimator)
        provider()
            .create(
                new EstimatorRequest(
                    space(folder, text),
                    List.of(Objective.minimize(metric)),
                    RandomStreams.of(1),
                    settings(folder, text),
                    folder));
  }

  static SearchSpace space(Path folder, String text) {
    return provider()
        .inferSpace(new SpaceRequest(settings(folder, text), Settings.none("infer"), folder));
  }

  static EstimatorProvider provider() {
    return Providers.find(EstimatorProvider.class, "estimator", "surrogate");
  }

  /** The folder is relative to itself. */
  private static Settings settings(Path folder, String text) {
    assertThat(folder).isAbsolute();
    Settings settings =
        Settings.of("estimator", ConfigFactory.parseString("folder = \".\"\n" + text));
    Providers.requireKnown(provider(), settings);
    return settings;
  }
}
