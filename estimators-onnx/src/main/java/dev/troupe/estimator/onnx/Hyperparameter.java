package dev.troupe.estimator.onnx;

import dev.troupe.space.Condition;
import dev.troupe.space.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code config_space.json}.
 *
 * @param original its name there
 * @param name the one that the study file uses, in kebab case
 * @param parameter what can be chosen, under its name in kebab case; null for a constant
 * @param constant its only value, or null
 * @param conditions when it exists, with names in kebab case
 */
record Hyperparameter(
    String original,
    String name,
    @Nullable Parameter parameter,
    @Nullable Object constant,
    List<Condition> conditions) {

  Hyperparameter {
    conditions = List.copyOf(conditions);
  }

  Hyperparameter(
      String original,
      @Nullable Parameter parameter,
      @Nullable Object constant,
      List<Condition> conditions) {
    this(original, Scenario.kebab(original), parameter, constant, conditions);
  }
}
