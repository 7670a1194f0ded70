package dev.troupe.estimator.onnx;

import static java.util.Objects.requireNonNull;

import dev.troupe.settings.Nearest;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a scenario: which inputs of the model are searched, and what the others are.
 *
 * @param scenario what the files do not tell
 * @param entries what {@code config_space.json} tells, by original name
 * @param fixed values of the instance, of constants and of fidelity parameters, by original name;
 *     without the one of {@code axis}
 * @param axis the fidelity parameter along which curves are predicted, or null
 */
record SurrogateTask(
    Scenario scenario,
    Map<String, Hyperparameter> entries,
    Map<String, Object> fixed,
    @Nullable CurveAxis axis) {

  private static final List<String> INSTANCE_NAMES = List.of("OpenML_task_id", "task_id");

  /**
   * A fidelity parameter along which there are curves.
   *
   * @param name the axis, as strategies call it
   * @param original the parameter's name in the file
   * @param from the first step, at least 0
   * @param to the last step, that of full fidelity
   */
  record CurveAxis(String name, String original, int from, int to) {}

  SurrogateTask {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
  }

  /**
   * Reads what {@code folder}, {@code instance}, {@code fidelity} and the orders say.
   *
   * @param base against which a relative folder is resolved
   * @throws IllegalArgumentException if a setting is wrong or a file is missing
   */
  static SurrogateTask from(Settings settings, Path base) {
    Path folder = folder(settings, base);
    Map<String, Hyperparameter> entries = ConfigSpaceFile.read(folder.resolve("config_space.json"));
    Scenario scenario = Scenario.of(folder, settings);
    requireSameNames(settings, scenario, entries);
    var fixed = new LinkedHashMap<String, Object>();
    entries.forEach(
        (original, entry) -> {
          if (entry.constant() != null) {
            fixed.put(original, entry.constant());
          }
        });
    fixInstance(settings, entries, fixed);
    for (String original : scenario.fidelities()) {
      fixed.put(original, upperBound(requireNonNull(entries.get(original))));
    }
    CurveAxis axis = readFidelity(settings.getSettings("fidelity"), entries, fixed);
    if (axis != null) {
      fixed.remove(axis.original);
    }
    return new SurrogateTask(scenario, entries, fixed, axis);
  }

  /** Returns the folder that the settings name, normalised. */
  static Path folder(Settings settings, Path base) {
    return base.resolve(settings.requireString("folder", "\"yahpo/lcbench\""))
        .toAbsolutePath()
        .normalize();
  }

  private static void requireSameNames(
      Settings settings, Scenario scenario, Map<String, Hyperparameter> entries) {
    var missing = new ArrayList<>(entries.keySet());
    missing.removeAll(scenario.inputs());
    var unknown = new ArrayList<>(scenario.inputs());
    unknown.removeAll(entries.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s.inputs must name what config_space.json of '%s' has, but it leaves out %s and adds %s. Maybe correct the list."
              .formatted(settings.part(), scenario.name(), missing, unknown));
    }
  }

  private static void fixInstance(
      Settings settings, Map<String, Hyperparameter> entries, Map<String, Object> fixed) {
    String name = settings.findString("instance-parameter");
    Hyperparameter entry =
        entries.values().stream()
            .filter(
                known ->
                    name == null
                        ? INSTANCE_NAMES.contains(known.original())
                        : Scenario.means(name, known.original()))
            .findFirst()
            .orElse(null);
    if (entry == null || !(entry.parameter() instanceof CategoricalParameter tasks)) {
      if (name != null || settings.has("instance")) {
        throw new IllegalArgumentException(
            "%s.instance-parameter must be a categorical entry of config_space.json, but was %s. %s"
                .formatted(
                    settings.part(),
                    name == null ? "not set" : "'" + name + "'",
                    Nearest.hint(name == null ? "task-id" : name, names(entries))));
      }
      return;
    }
    List<String> choices = tasks.choices().stream().map(Object::toString).toList();
    settings.requireString("instance", "\"%s\"".formatted(choices.get(0)));
    fixed.put(entry.original(), settings.getOneOf("instance", "", choices));
  }

  private static List<String> names(Map<String, Hyperparameter> entries) {
    return entries.values().stream().map(Hyperparameter::name).toList();
  }

  /** Puts fixed values into {@code fixed}, and returns the axis of curves if there is one. */
  private static @Nullable CurveAxis readFidelity(
      Settings block, Map<String, Hyperparameter> entries, Map<String, Object> fixed) {
    CurveAxis axis = null;
    for (Map.Entry<String, Object> setting : block.toMap().entrySet()) {
      String key = setting.getKey();
      if (!(setting.getValue() instanceof Map)) {
        Hyperparameter entry = numeric(block, key, key, entries);
        fixed.put(entry.original(), fixedValue(block, key, entry));
      } else if (axis == null) {
        axis = curveAxis(key, block.getSettings(key), entries);
      } else {
        throw block.refuse(
            key,
            "must be a number, since '%s' already is the axis of the curves".formatted(axis.name));
      }
    }
    return axis;
  }

  private static Object fixedValue(Settings block, String key, Hyperparameter entry) {
    if (entry.parameter() instanceof IntParameter whole) {
      return block.getLong(key, whole.high(), whole.low(), whole.high());
    }
    var real = (FloatParameter) requireNonNull(entry.parameter());
    return block.getDouble(key, real.high(), real.low(), real.high());
  }

  private static CurveAxis curveAxis(
      String name, Settings axis, Map<String, Hyperparameter> entries) {
    axis.requireKnown(List.of("parameter", "from", "to"));
    String parameter = axis.requireString("parameter", "epoch");
    Hyperparameter entry = numeric(axis, "parameter", parameter, entries);
    if (!(entry.parameter() instanceof IntParameter whole) || whole.low() < 0) {
      throw axis.refuse("parameter", "must take whole numbers from 0 on");
    }
    int low = Math.toIntExact(whole.low());
    int high = Math.toIntExact(whole.high());
    int from = axis.getInt("from", low, low, high);
    return new CurveAxis(name, entry.original(), from, axis.getInt("to", high, from, high));
  }

  private static Hyperparameter numeric(
      Settings block, String key, String name, Map<String, Hyperparameter> entries) {
    List<Hyperparameter> numbers =
        entries.values().stream()
            .filter(
                entry ->
                    entry.parameter() instanceof IntParameter
                        || entry.parameter() instanceof FloatParameter)
            .toList();
    return numbers.stream()
        .filter(entry -> Scenario.means(name, entry.original()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s.%s must name a number of config_space.json, but was '%s'. %s"
                        .formatted(
                            block.part(),
                            key,
                            name,
                            Nearest.hint(
                                name, numbers.stream().map(Hyperparameter::name).toList()))));
  }

  private static Object upperBound(Hyperparameter entry) {
    Parameter parameter = entry.parameter();
    if (parameter instanceof IntParameter whole) {
      return whole.high();
    }
    if (parameter instanceof FloatParameter real) {
      return real.high();
    }
    throw new IllegalArgumentException(
        "File config_space.json: '%s' must be a number, since it is a fidelity. Maybe export the space anew."
            .formatted(entry.original()));
  }

  /** Returns the space of what is neither fixed nor the axis of curves, in the model's order. */
  SearchSpace space() {
    SearchSpace.Builder builder = SearchSpace.builder();
    for (String original : scenario.inputs()) {
      Hyperparameter entry = requireNonNull(entries.get(original));
      Parameter parameter = entry.parameter();
      boolean isAxis = axis != null && axis.original.equals(original);
      if (parameter != null && !fixed.containsKey(original) && !isAxis) {
        builder.add(parameter, entry.conditions());
      }
    }
    return builder.build();
  }
}
