package dev.troupe.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.bench.Trajectory.Step;
import dev.troupe.study.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Trajectories as lines of JSON:
 *
 * <pre>{@code
 * {"problem":…,"strategy":…,"seed":n,"direction":"minimize","evaluations":100,
 *  "seconds":[…],"value":[…],"best":[…],"regret":[…]}
 * }</pre>
 *
 * The lists have an entry for each trial that ended; {@code null} stands for what is not there, and
 * {@code regret} is left out where the optimum is not known. The horizon is {@code evaluations} or
 * {@code time}, in seconds.
 */
public final class Trajectories {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Trajectories() {}

  /** Returns a trajectory in one line. */
  public static String line(Trajectory trajectory) {
    ObjectNode node = JSON.createObjectNode();
    node.put("problem", trajectory.problem());
    node.put("strategy", trajectory.strategy());
    node.put("seed", trajectory.seed());
    node.put("direction", trajectory.direction().name().toLowerCase(Locale.ROOT));
    node.put(key(trajectory.horizon().unit()), trajectory.horizon().amount());
    ArrayNode seconds = node.putArray("seconds");
    ArrayNode values = node.putArray("value");
    ArrayNode best = node.putArray("best");
    ArrayNode regrets = JSON.createArrayNode();
    boolean hasRegret = false;
    for (Step step : trajectory.steps()) {
      seconds.add(step.seconds());
      values.add(step.value());
      best.add(step.best());
      regrets.add(step.regret());
      hasRegret |= step.regret() != null;
    }
    if (hasRegret) {
      node.set("regret", regrets);
    }
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values can always be written.", e);
    }
  }

  private static String key(Horizon.Unit unit) {
    return unit == Horizon.Unit.EVALUATIONS ? "evaluations" : "time";
  }

  /**
   * Reads a file of such lines.
   *
   * @throws IllegalArgumentException if it cannot be read, is empty, or a line is something else
   */
  public static List<Trajectory> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Records '%s' cannot be read: %s. Maybe check the path."
              .formatted(file, Unreadable.reason(file, e)),
          e);
    }
    var trajectories = new ArrayList<Trajectory>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        trajectories.add(parse(file, i + 1, lines.get(i)));
      }
    }
    if (trajectories.isEmpty()) {
      throw new IllegalArgumentException(
          "Records '%s' must have a run, but have none. Maybe bench quality was interrupted."
              .formatted(file));
    }
    return trajectories;
  }

  private static Trajectory parse(Path file, int number, String line) {
    try {
      JsonNode node = JSON.readTree(line);
      boolean byCount = node.has("evaluations");
      Horizon.Unit unit = byCount ? Horizon.Unit.EVALUATIONS : Horizon.Unit.SECONDS;
      return new Trajectory(
          node.required("problem").asText(),
          node.required("strategy").asText(),
          node.required("seed").asLong(),
          Direction.valueOf(node.required("direction").asText().toUpperCase(Locale.ROOT)),
          new Horizon(unit, node.required(key(unit)).asDouble()),
          steps(node));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Records '%s', line %d: it must be a run as bench quality --records writes it, but is not. Maybe it is another file."
              .formatted(file.getFileName(), number),
          e);
    }
  }

  private static List<Step> steps(JsonNode node) {
    var steps = new ArrayList<Step>();
    for (int i = 0; i < node.required("best").size(); i++) {
      steps.add(
          new Step(
              node.required("seconds").required(i).asDouble(),
              number(node, "value", i),
              number(node, "best", i),
              number(node, "regret", i)));
    }
    return steps;
  }

  private static @Nullable Double number(JsonNode node, String key, int index) {
    JsonNode value = node.path(key).path(index);
    return value.isNumber() ? (Double) value.asDouble() : null;
  }
}
