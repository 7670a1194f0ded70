package dev.troupe.estimator.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a space as the Python library ConfigSpace wrote it before version 1: uniform numbers,
 * categories, ordinals and constants, with conditions of the kinds EQ, IN and AND.
 */
final class ConfigSpaceFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, List<Condition>> conditions = new LinkedHashMap<>();

  private ConfigSpaceFile(Path file) {
    this.file = file;
  }

  /**
   * Returns the entries by their names in the file.
   *
   * @throws IllegalArgumentException if the file is missing, damaged, or uses what is not known
   */
  static Map<String, Hyperparameter> read(Path file) {
    return new ConfigSpaceFile(file).entries(readJson(file));
  }

  /** Returns the content of a JSON file, with one clear error if there is none. */
  static JsonNode readJson(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "There is no file %s. Maybe correct estimator.folder.".formatted(file));
    }
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "File %s, line %d: it must be JSON, but is not. Maybe it is damaged."
              .formatted(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "File %s cannot be read: %s. Maybe check its owner or mode."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private Map<String, Hyperparameter> entries(JsonNode root) {
    if (!root.path("forbiddens").isEmpty()) {
      throw refuse("forbiddens", "must be empty", root.path("forbiddens").toString());
    }
    for (JsonNode condition : root.path("conditions")) {
      addCondition(condition);
    }
    var entries = new LinkedHashMap<String, Hyperparameter>();
    for (JsonNode node : root.path("hyperparameters")) {
      Hyperparameter entry = hyperparameter(node);
      entries.put(entry.original(), entry);
    }
    if (entries.isEmpty()) {
      throw refuse("hyperparameters", "must be a list with an entry", "empty");
    }
    for (String child : conditions.keySet()) {
      if (!entries.containsKey(child)) {
        throw refuse("conditions", "must name hyperparameters", "'" + child + "'");
      }
    }
    return entries;
  }

  private Hyperparameter hyperparameter(JsonNode node) {
    String original = node.path("name").asText();
    List<Condition> when = conditions.getOrDefault(original, List.of());
    if (node.path("type").asText().equals("constant")) {
      return new Hyperparameter(original, null, value(node.path("value")), when);
    }
    return new Hyperparameter(original, parameter(original, node), null, when);
  }

  private Parameter parameter(String original, JsonNode node) {
    String name = Scenario.kebab(original);
    Scale scale = node.path("log").asBoolean() ? Scale.LOG : Scale.LINEAR;
    String type = node.path("type").asText();
    boolean isQuantised = !node.path("q").isMissingNode() && !node.path("q").isNull();
    if (isQuantised) {
      throw refuse("'" + original + "'", "must have no quantum q", node.path("q").toString());
    }
    return switch (type) {
      case "uniform_float" ->
          new FloatParameter(name, number(node, "lower"), number(node, "upper"), scale, null);
      case "uniform_int" ->
          new IntParameter(
              name, (long) number(node, "lower"), (long) number(node, "upper"), scale, 1);
      case "categorical" -> new CategoricalParameter(name, values(node.path("choices")), false);
      case "ordinal" -> new CategoricalParameter(name, values(node.path("sequence")), true);
      default ->
          throw refuse(
              "'" + original + "'",
              "must be uniform_float, uniform_int, categorical, ordinal or constant",
              "'" + type + "'");
    };
  }

  private double number(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isNumber()) {
      throw refuse(
          "'" + node.path("name").asText() + "'", "must have a number " + key, value.toString());
    }
    return value.asDouble();
  }

  private void addCondition(JsonNode node) {
    String type = node.path("type").asText();
    String child = node.path("child").asText();
    if (type.equals("AND")) {
      node.path("conditions").forEach(this::addCondition);
      return;
    }
    String parent = Scenario.kebab(node.path("parent").asText());
    Object[] values =
        switch (type) {
          case "EQ" -> new Object[] {value(node.path("value"))};
          case "IN" -> values(node.path("values")).toArray();
          default ->
              throw refuse(
                  "the condition of '" + child + "'", "must be EQ, IN or AND", "'" + type + "'");
        };
    conditions
        .computeIfAbsent(child, name -> new ArrayList<>())
        .add(Condition.oneOf(parent, values));
  }

  private static List<Object> values(JsonNode list) {
    var values = new ArrayList<Object>(list.size());
    list.forEach(node -> values.add(value(node)));
    return values;
  }

  /** Texts stay texts, as {@code encoding.json} has them; numbers stay numbers. */
  private static Object value(JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.asLong();
    }
    return node.isNumber() ? (Object) node.asDouble() : node.asText();
  }

  private IllegalArgumentException refuse(String thing, String rule, String value) {
    return new IllegalArgumentException(
        "File %s: %s %s, but was %s. Maybe export the space anew."
            .formatted(file, thing, rule, value));
  }
}
