package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.Estimator;
import dev.troupe.study.Metrics;
import java.util.Map;

/** A training that prints its result, for a process of its own. */
final class Retraining {

  private Retraining() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(evaluate());
  }

  static Metrics evaluate() throws Exception {
    try (Estimator estimator =
        Studies.estimator(
            "dl4j-mlp",
            Map.of("data", "digits", "epochs", 2, "dropout", 0.3, "batch-norm", true))) {
      return Studies.evaluate(estimator, 5);
    }
  }
}
