package dev.troupe.estimator.onnx;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into the model's inputs: choices into the numbers of {@code encoding.json}, whatever
 * is inactive into {@code #na#} or 0. Immutable and thread safe.
 */
final class InputLayout {

  private static final String INACTIVE = "#na#";

  /**
   * One row of both inputs.
   *
   * @param categories shape [categories]
   * @param numbers shape [numbers]
   */
  @SuppressWarnings("ArrayRecordComponent") // lives for one call, never compared
  record Row(int[] categories, float[] numbers) {}

  private record Category(Hyperparameter entry, Map<String, Integer> codes) {}

  private final Map<String, Hyperparameter> entries = new HashMap<>();
  private final List<Category> categories = new ArrayList<>();
  private final List<Hyperparameter> numbers = new ArrayList<>();

  /**
   * Lays out the inputs of a task.
   *
   * @param file {@code encoding.json}
   * @throws IllegalArgumentException if it is missing or lacks a choice
   */
  InputLayout(SurrogateTask task, Path file) {
    JsonNode encoding = ConfigSpaceFile.readJson(file);
    for (String original : task.scenario().inputs()) {
      Hyperparameter entry = requireNonNull(task.entries().get(original));
      entries.put(entry.name(), entry);
      if (encoding.has(original)) {
        categories.add(new Category(entry, codes(file, entry, encoding.path(original))));
      } else {
        requireNumber(file, entry);
        numbers.add(entry);
      }
    }
  }

  private static Map<String, Integer> codes(Path file, Hyperparameter entry, JsonNode node) {
    var codes = new HashMap<String, Integer>();
    node.properties().forEach(code -> codes.put(code.getKey(), code.getValue().asInt()));
    codes.putIfAbsent(INACTIVE, 0);
    if (entry.parameter() instanceof CategoricalParameter categorical) {
      for (Object choice : categorical.choices()) {
        if (!codes.containsKey(choice.toString())) {
          throw refuse(file, entry, choice);
        }
      }
    }
    return Map.copyOf(codes);
  }

  private static void requireNumber(Path file, Hyperparameter entry) {
    if (entry.parameter() instanceof CategoricalParameter categorical) {
      for (Object choice : categorical.choices()) {
        if (!(choice instanceof Number)) {
          throw refuse(file, entry, choice);
        }
      }
    }
  }

  private static IllegalArgumentException refuse(Path file, Hyperparameter entry, Object choice) {
    return new IllegalArgumentException(
        "File %s: it must give every choice of '%s' a number, but '%s' has none. Maybe it belongs to another scenario."
            .formatted(file, entry.original(), choice));
  }

  /** Returns the number of choices in a row. */
  int categoryCount() {
    return categories.size();
  }

  /** Returns the number of numbers in a row. */
  int numberCount() {
    return numbers.size();
  }

  /**
   * Returns the inputs for a candidate.
   *
   * @param fixed values that are not the candidate's, by original name
   * @throws IllegalArgumentException if the candidate has a choice that the model does not know
   */
  Row row(Configuration candidate, Map<String, Object> fixed) {
    var codes = new int[categories.size()];
    for (int i = 0; i < codes.length; i++) {
      Category category = categories.get(i);
      Object value = value(category.entry, candidate, fixed);
      Integer code = category.codes.get(value == null ? INACTIVE : value.toString());
      if (code == null) {
        throw new IllegalArgumentException(
            "Parameter '%s' must be one of the model's choices, but was %s. Maybe space = infer."
                .formatted(category.entry.name(), value));
      }
      codes[i] = code;
    }
    var reals = new float[numbers.size()];
    for (int i = 0; i < reals.length; i++) {
      Object value = value(numbers.get(i), candidate, fixed);
      reals[i] = value instanceof Number number ? number.floatValue() : 0;
    }
    return new Row(codes, reals);
  }

  private @Nullable Object value(
      Hyperparameter entry, Configuration candidate, Map<String, Object> fixed) {
    Object value = fixed.get(entry.original());
    return value != null ? value : activeValue(entry, candidate);
  }

  /**
   * Returns the value if it exists under the model's own conditions; a space may leave them out.
   */
  private @Nullable Object activeValue(Hyperparameter entry, Configuration candidate) {
    Object value = candidate.find(entry.name());
    if (value == null) {
      return null;
    }
    for (Condition condition : entry.conditions()) {
      Hyperparameter parent = entries.get(condition.parent());
      Object parentValue = parent == null ? null : activeValue(parent, candidate);
      if (parentValue == null || !condition.holds(parentValue)) {
        return null;
      }
    }
    return normal(entry.parameter(), value);
  }

  /** A study file may write the choice "1" as the number 1. */
  private static Object normal(@Nullable Parameter parameter, Object value) {
    if (parameter instanceof CategoricalParameter categorical) {
      for (Object choice : categorical.choices()) {
        if (choice.toString().equals(value.toString())) {
          return choice;
        }
      }
    }
    return value;
  }
}
