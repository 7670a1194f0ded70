package dev.troupe.estimator.onnx;

import dev.troupe.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a folder do not tell.
 *
 * @param name that of the folder
 * @param inputs the model's inputs in its own order, by their names in {@code config_space.json}
 * @param outputs the model's outputs in its own order
 * @param fidelities those of the inputs that say how much is spent; at their upper bound unless set
 * @param time the output that tells the seconds of an evaluation, or null
 */
record Scenario(
    String name,
    List<String> inputs,
    List<String> outputs,
    List<String> fidelities,
    @Nullable String time) {

  private static final List<String> RBV2_OUTPUTS =
      List.of("acc", "bac", "auc", "brier", "f1", "logloss", "timetrain", "timepredict", "memory");

  /** The orders of the published models: yahpo_gym/benchmarks, version 1.0. */
  private static final Map<String, Scenario> KNOWN =
      Map.of(
          "lcbench",
          new Scenario(
              "lcbench",
              List.of(
                  "OpenML_task_id",
                  "epoch",
                  "batch_size",
                  "learning_rate",
                  "momentum",
                  "weight_decay",
                  "num_layers",
                  "max_units",
                  "max_dropout"),
              List.of(
                  "time",
                  "val_accuracy",
                  "val_cross_entropy",
                  "val_balanced_accuracy",
                  "test_cross_entropy",
                  "test_balanced_accuracy"),
              List.of("epoch"),
              "time"),
          "rbv2_rpart",
          new Scenario(
              "rbv2_rpart",
              List.of(
                  "task_id",
                  "num.impute.selected.cpo",
                  "cp",
                  "maxdepth",
                  "minbucket",
                  "minsplit",
                  "trainsize",
                  "repl"),
              RBV2_OUTPUTS,
              List.of("trainsize", "repl"),
              "timetrain"),
          "rbv2_xgboost",
          new Scenario(
              "rbv2_xgboost",
              List.of(
                  "task_id",
                  "booster",
                  "num.impute.selected.cpo",
                  "nrounds",
                  "eta",
                  "gamma",
                  "lambda",
                  "alpha",
                  "subsample",
                  "max_depth",
                  "min_child_weight",
                  "colsample_bytree",
                  "colsample_bylevel",
                  "rate_drop",
                  "skip_drop",
                  "trainsize",
                  "repl"),
              RBV2_OUTPUTS,
              List.of("trainsize", "repl"),
              "timetrain"),
          "iaml_glmnet",
          new Scenario(
              "iaml_glmnet",
              List.of("task_id", "alpha", "s", "trainsize"),
              List.of(
                  "mmce",
                  "f1",
                  "auc",
                  "logloss",
                  "ramtrain",
                  "rammodel",
                  "rampredict",
                  "timetrain",
                  "timepredict",
                  "mec",
                  "ias",
                  "nf"),
              List.of("trainsize"),
              "timetrain"));

  Scenario {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    fidelities = List.copyOf(fidelities);
  }

  /**
   * Returns the scenario of a folder, with the orders that the keys {@code inputs} and {@code
   * outputs} give.
   *
   * @throws IllegalArgumentException if an order is neither given nor known
   */
  static Scenario of(Path folder, Settings settings) {
    Path last = folder.getFileName();
    String name = last == null ? folder.toString() : last.toString();
    Scenario known =
        KNOWN.getOrDefault(name, new Scenario(name, List.of(), List.of(), List.of(), null));
    List<String> inputs = order(settings, "inputs", name, known.inputs);
    return new Scenario(
        name,
        inputs,
        order(settings, "outputs", name, known.outputs),
        known.fidelities.stream().filter(inputs::contains).toList(),
        known.time);
  }

  private static List<String> order(
      Settings settings, String key, String name, List<String> known) {
    if (!settings.has(key) && known.isEmpty()) {
      throw new IllegalArgumentException(
          "%s.%s must be set: the order of the model's %s is known only for folders named %s, but this one is '%s'. Maybe look it up in yahpo_gym/benchmarks."
              .formatted(
                  settings.part(),
                  key,
                  key,
                  String.join(", ", new TreeSet<>(KNOWN.keySet())),
                  name));
    }
    return settings.getStrings(key, known);
  }

  /** Returns a name as the study file writes it: {@code num.impute_cpo} is num-impute-cpo. */
  static String kebab(String original) {
    return original
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^[^a-z]+|-+$", "");
  }

  /** Returns whether a name of the study file means an original one: either form does. */
  static boolean means(String name, String original) {
    return name.equals(original) || name.equals(kebab(original));
  }
}
