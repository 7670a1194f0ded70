package dev.troupe.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.KeptAttempt;
import dev.troupe.KeptTrial;
import dev.troupe.space.Configuration;
import dev.troupe.study.Explanation;
import dev.troupe.study.Measurement;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is on record of a trial, in JSON: the line of {@link JsonLines}, and more. */
final class KeptJson {

  private KeptJson() {}

  /** Returns all of a trial. */
  static ObjectNode trial(KeptTrial trial) {
    ObjectNode node =
        trial.end() == null
            ? JsonLines.trial(trial.id(), trial.state(), trial.suggestion(), trial.metrics())
            : JsonLines.trial(trial.end());
    if (trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
      weights(node.putObject("weights"), evaluate.weights());
      node.set("explanation", explanation(evaluate.explanation()));
    } else {
      task(node.putObject("task"), trial.suggestion());
    }
    node.put("attempts", trial.attempts());
    ArrayNode failures = node.putArray("failures");
    trial.earlier().forEach(attempt -> attempt(failures.addObject(), attempt));
    node.put("device", trial.device());
    node.put("device-seconds", trial.deviceSeconds());
    node.put("ended", trial.ended() == null ? null : trial.ended().toString());
    measurements(node.putArray("measurements"), trial.measurements());
    return node;
  }

  private static @Nullable ObjectNode explanation(@Nullable Explanation explanation) {
    if (explanation == null) {
      return null;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("reason", explanation.reason());
    figures(node.putObject("figures"), explanation.figures());
    figures(node.putObject("length-scales"), explanation.lengthScales());
    ArrayNode nearest = node.putArray("nearest");
    for (Explanation.Neighbour neighbour : explanation.nearest()) {
      ObjectNode each = nearest.addObject();
      each.put("trial", neighbour.trial().number());
      each.put("distance", orNull(neighbour.distance()));
    }
    return node;
  }

  private static void figures(ObjectNode node, Map<String, Double> figures) {
    figures.forEach((name, value) -> node.put(name, orNull(value)));
  }

  private static @Nullable Double orNull(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  /**
   * Adds to an explained trial what the nearest ones came to.
   *
   * @param others these trials, as far as they are on record
   */
  static void addMetrics(ObjectNode trial, Map<TrialId, KeptTrial> others) {
    for (JsonNode nearest : trial.path("explanation").path("nearest")) {
      KeptTrial other = others.get(TrialId.of(nearest.get("trial").asLong()));
      if (other != null) {
        ((ObjectNode) nearest).put("state", other.state().name().toLowerCase(Locale.ROOT));
        ((ObjectNode) nearest).set("metrics", JsonLines.metrics(other.metrics()));
      }
    }
  }

  private static void weights(ObjectNode node, WeightSource weights) {
    node.put("source", Text.source(weights));
    if (weights instanceof WeightSource.Checkpoint checkpoint) {
      node.put("trial", checkpoint.trial().number());
    } else if (weights instanceof WeightSource.Parent parent) {
      node.put("trial", parent.parent().number());
      parent.morphisms().forEach(node.putArray("morphisms")::add);
    } else if (weights instanceof WeightSource.Partial partial) {
      node.put("trial", partial.parent().number());
    }
  }

  private static void task(ObjectNode node, Suggestion suggestion) {
    if (suggestion instanceof Suggestion.TrainShared train) {
      node.put("kind", "train-shared");
      node.put("steps", train.steps());
      candidates(node, train.candidates());
    } else if (suggestion instanceof Suggestion.ScoreShared score) {
      node.put("kind", "score-shared");
      candidates(node, score.candidates());
    } else if (suggestion instanceof Suggestion.ArchitectureGradient gradient) {
      node.put("kind", "architecture-gradient");
      node.put("steps", gradient.steps());
      gradient.parameters().forEach(node.putArray("parameters")::add);
    }
  }

  private static void candidates(ObjectNode node, List<Configuration> candidates) {
    ArrayNode array = node.putArray("candidates");
    candidates.forEach(candidate -> array.add(JsonLines.configuration(candidate)));
  }

  private static void attempt(ObjectNode node, KeptAttempt attempt) {
    node.put("attempt", attempt.attempt().number());
    node.put("reason", attempt.reason());
    node.put("lost", attempt.lost());
    node.put("device", attempt.device());
    node.put("device-seconds", attempt.deviceSeconds());
    measurements(node.putArray("measurements"), attempt.measurements());
  }

  private static void measurements(ArrayNode array, List<Measurement> measurements) {
    for (Measurement measurement : measurements) {
      ObjectNode node = array.addObject();
      node.put("step", measurement.step());
      node.put("seconds", measurement.seconds());
      node.set("metrics", JsonLines.metrics(measurement.metrics()));
      String reason = JsonLines.notFinite(measurement.metrics());
      if (reason != null) {
        node.put("reason", reason);
      }
    }
  }
}
