package dev.troupe.estimator.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.troupe.architecture.Architecture;
import dev.troupe.settings.Nearest;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import dev.troupe.study.WeightSource;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines that go to and come from a program. Pure. */
final class Protocol {

  private static final int LONGEST_QUOTE = 200;
  private static final int MOST_METRICS = 1000;
  private static final double EXACT_INTEGERS = 0x1p53;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Protocol() {}

  /** What a program may write. */
  sealed interface Line {}

  /**
   * The program has saved where it stands.
   *
   * @param step how far it has come
   */
  record Saved(long step) implements Line {}

  /**
   * A measurement as the program wrote it.
   *
   * @param step its step, or null for a result of its own
   * @param metrics at least one value
   */
  record Report(@Nullable Long step, Metrics metrics) implements Line {}

  /**
   * Returns the request. Beyond trial, configuration, fidelity and seed it has a key {@code
   * architecture} where the configuration stands for one, {@code weights} where the candidate
   * should not start afresh, and {@code checkpoint} where the program may save itself; a program
   * may ignore them. One that has saved itself finds that in {@code resume} when it is run again.
   *
   * @param architecture for which the candidate stands; null if for none
   */
  static String request(
      TrialId trial,
      Suggestion.Evaluate suggestion,
      @Nullable Architecture architecture,
      int seed,
      CheckpointFiles files) {
    var line = new LinkedHashMap<String, Object>();
    line.put("trial", trial.number());
    line.put("configuration", suggestion.candidate().toMap());
    line.put("fidelity", fidelity(suggestion.fidelity().axes()));
    line.put("seed", seed);
    if (architecture != null) {
      line.put("architecture", new RawValue(architecture.toJson()));
    }
    Map<String, Object> weights = weights(suggestion.weights());
    if (!weights.isEmpty()) {
      line.put("weights", weights);
    }
    Path checkpoint = files.checkpoint();
    if (checkpoint != null) {
      line.put("checkpoint", checkpoint.toString());
    }
    Long step = files.resumedStep();
    if (step != null) {
      var resume = new LinkedHashMap<String, Object>();
      resume.put("step", step);
      resume.put("path", String.valueOf(files.resume()));
      line.put("resume", resume);
    }
    return write(line);
  }

  /** Whole amounts as integers: a program that counts epochs wants 3, not 3.0. */
  private static Map<String, Number> fidelity(Map<String, Double> axes) {
    var amounts = new LinkedHashMap<String, Number>();
    axes.forEach(
        (axis, amount) -> {
          boolean whole = amount == Math.rint(amount) && amount < EXACT_INTEGERS;
          amounts.put(axis, whole ? (Number) amount.longValue() : amount);
        });
    return amounts;
  }

  private static Map<String, Object> weights(WeightSource source) {
    var weights = new LinkedHashMap<String, Object>();
    if (source instanceof WeightSource.Checkpoint checkpoint) {
      weights.put("from", "checkpoint");
      weights.put("trial", checkpoint.trial().number());
    } else if (source instanceof WeightSource.Parent parent) {
      weights.put("from", "parent");
      weights.put("trial", parent.parent().number());
      weights.put("morphisms", parent.morphisms());
    } else if (source instanceof WeightSource.Partial partial) {
      weights.put("from", "partial");
      weights.put("trial", partial.parent().number());
    }
    return weights;
  }

  /** Returns the answer to a measurement. */
  static String verdict(Verdict verdict) {
    return write(Map.of("verdict", verdict.name().toLowerCase(Locale.ROOT)));
  }

  private static String write(Map<String, ?> line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a line of output: {@code {"step":n,"metrics":{…}}}, or without {@code "metrics"} the
   * values themselves, {@code {"step":n,"loss":0.3}}. A value is a number or a list of numbers;
   * {@code NaN}, {@code Infinity}, {@code -Infinity} and {@code null} (for NaN) count as numbers.
   * With nothing but {@code {"checkpoint":n}} the program says that it has saved itself.
   *
   * @throws BadLineException if it is anything else
   */
  static Line parse(String line) throws BadLineException {
    JsonNode node = tree(line);
    if (!node.isObject()) {
      throw new BadLineException("a line must be a JSON object, but was " + quote(line));
    }
    if (node.size() == 1 && node.has("checkpoint")) {
      return new Saved(step("checkpoint", node.get("checkpoint")));
    }
    Long step = node.has("step") ? step("step", node.get("step")) : null;
    Metrics metrics =
        node.has("metrics") ? nested(node) : metrics(node, List.of("step"), "the line");
    if (metrics.equals(Metrics.none())) {
      throw new BadLineException("a line must have metrics, but was " + quote(line));
    }
    return new Report(step, metrics);
  }

  private static JsonNode tree(String line) throws BadLineException {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new BadLineException("a line must be one JSON object, but was " + quote(line));
    }
  }

  private static long step(String key, JsonNode node) throws BadLineException {
    if (!node.canConvertToExactIntegral() || !node.canConvertToLong() || node.asLong() < 0) {
      throw new BadLineException(
          "\"%s\" must be a whole number of at least 0, but was %s"
              .formatted(key, quote(node.toString())));
    }
    return node.asLong();
  }

  private static Metrics nested(JsonNode node) throws BadLineException {
    var known = List.of("step", "metrics");
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!known.contains(field.getKey())) {
        throw new BadLineException(
            "a line with \"metrics\" may have \"step\" besides, but had \"%s\". %s"
                .formatted(abbreviate(field.getKey()), Nearest.hint(field.getKey(), known)));
      }
    }
    JsonNode metrics = node.get("metrics");
    if (!metrics.isObject()) {
      throw new BadLineException(
          "\"metrics\" must be an object, but was " + quote(metrics.toString()));
    }
    return metrics(metrics, List.of(), "\"metrics\"");
  }

  private static Metrics metrics(JsonNode node, List<String> except, String where)
      throws BadLineException {
    if (node.size() > MOST_METRICS) {
      throw new BadLineException(
          "a line may have up to %d metrics, but had %d. Maybe report a list of numbers"
              .formatted(MOST_METRICS, node.size()));
    }
    Metrics metrics = Metrics.none();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (except.contains(name)) {
        continue;
      }
      if (name.isBlank()) {
        throw new BadLineException("a metric must have a name, but there was a blank in " + where);
      }
      metrics =
          value.isArray()
              ? metrics.withVector(name, vector(name, value))
              : metrics.with(name, number(name, value));
    }
    return metrics;
  }

  private static double[] vector(String name, JsonNode node) throws BadLineException {
    var values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(name, node.get(i));
    }
    return values;
  }

  private static double number(String name, JsonNode node) throws BadLineException {
    if (node.isNull()) {
      return Double.NaN;
    }
    if (!node.isNumber()) {
      throw new BadLineException(
          "metric \"%s\" must be a number or a list of numbers, but was %s"
              .formatted(abbreviate(name), quote(node.toString())));
    }
    return node.doubleValue();
  }

  /** Returns text as it appears in messages: in quotes, cut off after some 200 characters. */
  static String quote(String text) {
    return text.startsWith("\"") ? abbreviate(text) : "\"" + abbreviate(text) + "\"";
  }

  static String abbreviate(String text) {
    String visible = text.replaceAll("\\p{Cntrl}", "�");
    if (visible.length() <= LONGEST_QUOTE) {
      return visible;
    }
    int end = LONGEST_QUOTE;
    if (Character.isHighSurrogate(visible.charAt(end - 1))) {
      end--;
    }
    return visible.substring(0, end) + "…";
  }
}
