package dev.troupe.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the trials that {@code troupe run --json} prints, a line of JSON each. */
public final class RecordedTrials {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordedTrials() {}

  /**
   * Reads a file. Lines that are no trial (the result) and trials that the end of the study
   * interrupted are left out.
   *
   * @param file lines of JSON
   * @param space in which the trials' configurations are
   * @throws IllegalArgumentException if the file cannot be read, a line is no JSON, or a
   *     configuration is not in the space
   */
  public static List<RecordedTrial> read(Path file, SearchSpace space) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Trials '%s' cannot be read: %s. Maybe check the path."
              .formatted(file, Unreadable.reason(file, e)),
          e);
    }
    var trials = new ArrayList<RecordedTrial>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        RecordedTrial trial = parse(file, i + 1, lines.get(i), space);
        if (trial != null) {
          trials.add(trial);
        }
      }
    }
    return trials;
  }

  private static @Nullable RecordedTrial parse(
      Path file, int number, String line, SearchSpace space) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Trials '%s', line %d: it must be JSON, but is '%s'. Maybe write the file with run --json."
              .formatted(file.getFileName(), number, start(line)),
          e);
    }
    String state = node.path("state").asText();
    if (!node.has("trial") || state.equals("stopped")) {
      return null;
    }
    try {
      String reason = node.path("reason").asText("it failed");
      return new RecordedTrial(
          space.configuration(values(node.path("configuration"))),
          metrics(node.path("metrics")),
          state.equals("failed") ? reason : null,
          RecordedTrial.UNKNOWN_SECONDS);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Trials '%s', line %d: its configuration must be in the space of the study file, but %s Maybe the study file has changed."
              .formatted(file.getFileName(), number, firstLine(e)),
          e);
    }
  }

  /** A configuration of another space breaks a rule for each of its parameters. */
  private static String firstLine(IllegalArgumentException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("it is not.");
  }

  private static String start(String line) {
    return line.length() <= 40 ? line : line.substring(0, 40) + " …";
  }

  private static Map<String, Object> values(JsonNode configuration) {
    var values = new LinkedHashMap<String, Object>();
    configuration
        .properties()
        .forEach(field -> values.put(field.getKey(), value(field.getValue())));
    return values;
  }

  private static Object value(JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    return node.isNumber() ? (Object) node.doubleValue() : node.asText();
  }

  private static Metrics metrics(JsonNode node) {
    var numbers = new LinkedHashMap<String, Double>();
    node.properties()
        .forEach(
            field -> {
              if (field.getValue().isNumber()) {
                numbers.put(field.getKey(), field.getValue().doubleValue());
              }
            });
    return Metrics.of(numbers);
  }
}
