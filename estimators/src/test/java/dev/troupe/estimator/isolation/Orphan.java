package dev.troupe.estimator.isolation;

import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.space.Configuration;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.Map;

/** A parent that is to be killed: says the number of its child, and has it hang. */
final class Orphan {

  private Orphan() {}

  public static void main(String[] arguments) throws Exception {
    var options = IsolationOptions.of(List.of("-Xmx64m"), 1);
    var recipe = new EstimatorRecipe(Specimens.class, List.of());
    var estimator = IsolatedEstimator.create(recipe, options);
    var evaluation = RecordingEvaluation.of(2);
    estimator
        .evaluate(Suggestion.evaluate(Configuration.of(Map.of("act", "count"))), evaluation)
        .numbers()
        .forEach((name, value) -> System.out.println(name + " " + value.longValue()));
    System.out.flush();
    estimator.evaluate(Suggestion.evaluate(Configuration.of(Map.of("act", "hang"))), evaluation);
  }
}
