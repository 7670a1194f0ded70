package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.Configuration;
import dev.troupe.study.Metrics;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MlpEstimatorIT {

  @ParameterizedTest
  @CsvSource({"digits, 0.94", "iris, 0.8", "wine, 0.9", "breast-cancer, 0.9"})
  void evaluateAndTest_bundledData_predictWell(String data, double least) throws Exception {
    try (var estimator =
        Studies.estimator(
            "dl4j-mlp",
            "accuracy",
            Path.of("."),
            Map.of("data", data, "epochs", 60, "batch-size", 16, "learning-rate", 0.003))) {
      Metrics result = Studies.evaluate(estimator, 1);

      assertThat(result.get("accuracy")).isGreaterThan(least);
      assertThat(result.get("loss")).isPositive();
      assertThat(result.get("train-loss")).isPositive();
      assertThat(result.get("epochs")).isEqualTo(60);
      Metrics test = Studies.test(estimator, Studies.ended(1, Configuration.empty(), result));
      assertThat(test.get("accuracy")).isGreaterThan(least);
    }
  }
}
