package dev.troupe.estimator.pruning;

import dev.troupe.study.Objective;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The contract, for every pruner that there is. */
class PrunerContractTest {

  private abstract static class Named extends PrunerContract {

    private final String name;
    private final Map<String, ?> settings;

    Named(String name, Map<String, ?> settings) {
      this.name = name;
      this.settings = settings;
    }

    @Override
    protected Pruner createPruner(List<Objective> objectives) {
      return Scenes.pruner(name, settings, objectives);
    }
  }

  @Nested
  class Median extends Named {
    Median() {
      super("median", Map.of("trials", 2));
    }
  }

  @Nested
  class Percentile extends Named {
    Percentile() {
      super("percentile", Map.of("percentile", 70, "interval", 3));
    }
  }

  @Nested
  class Patience extends Named {
    Patience() {
      super("patience", Map.of("steps", 4));
    }
  }

  @Nested
  class Threshold extends Named {
    Threshold() {
      super("threshold", Map.of("upper", 100, "worsening", 0.5));
    }
  }

  @Nested
  class Asha extends Named {
    Asha() {
      super("asha", Map.of());
    }
  }

  @Nested
  class Halving extends Named {
    Halving() {
      super("successive-halving", Map.of("cohort", 9));
    }
  }

  @Nested
  class Curve extends Named {
    Curve() {
      super("curve", Map.of("model", "fast", "interval", 9));
    }
  }

  @Nested
  class Hyperband extends Named {
    Hyperband() {
      super("hyperband", Map.of("max", 27));
    }
  }
}
