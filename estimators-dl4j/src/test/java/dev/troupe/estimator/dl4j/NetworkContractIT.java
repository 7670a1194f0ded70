package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorContract;
import dev.troupe.space.Configuration;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** All networks do what every estimator has to. */
class NetworkContractIT {

  @Nested
  class Mlp extends NetworkContract {
    Mlp() {
      super("dl4j-mlp");
    }
  }

  @Nested
  class Cnn extends NetworkContract {
    Cnn() {
      super("dl4j-cnn");
    }
  }

  @Nested
  class Searched extends EstimatorContract {

    @Override
    protected Estimator createEstimator() {
      return Studies.estimator(
          "dl4j-architecture",
          SmallSpace.of(SmallSpace.DIGITS).searchSpace(),
          "accuracy",
          Path.of("."),
          Map.of("data", "digits", "epochs", 2, "cutout", 2));
    }

    @Override
    protected Suggestion suggestion() {
      return Suggestion.evaluate(SmallSpace.configuration("dilated", "gated"));
    }

    @Override
    protected List<Objective> objectives() {
      return List.of(
          Objective.maximize("accuracy"),
          Objective.minimize("multiply-adds"),
          Objective.minimize("latency"));
    }

    @Override
    protected Set<String> timedMetrics() {
      return Set.of("latency");
    }
  }

  private abstract static class NetworkContract extends EstimatorContract {

    private final String name;

    NetworkContract(String name) {
      this.name = name;
    }

    @Override
    protected Estimator createEstimator() {
      Map<String, ?> settings = Map.of("data", "digits", "epochs", 2, "dropout", 0.2);
      return Studies.estimator(name, "accuracy", Path.of("."), settings);
    }

    @Override
    protected Suggestion suggestion() {
      return Suggestion.evaluate(Configuration.of(Map.of("weight-decay", 1e-4)));
    }

    @Override
    protected List<Objective> objectives() {
      return List.of(Objective.maximize("accuracy"));
    }
  }
}
