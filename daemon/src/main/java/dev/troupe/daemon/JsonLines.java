package dev.troupe.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.KeptSummary;
import dev.troupe.KeptTrial;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.FidelityReport;
import dev.troupe.study.Lineage;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.RankCorrelation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.io.PrintStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of {@code --json}: one line for each ended trial in the order of their numbers, then
 * those that have paused on the way, whether they have ended or not, the result last.
 */
final class JsonLines implements Consumer<StudyEvent> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final Map<Long, EndedTrial> early = new TreeMap<>();
  private final Map<Long, Suggestion> open = new HashMap<>();
  private final Map<Long, ObjectNode> rested = new TreeMap<>();
  private long next = 1;

  JsonLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void accept(StudyEvent event) {
    if (event instanceof StudyEvent.TrialSuggested suggested) {
      open.put(suggested.trial().number(), suggested.suggestion());
    } else if (event instanceof StudyEvent.TrialPaused paused) {
      rest(paused);
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      add(ended.trial());
    }
  }

  private void rest(StudyEvent.TrialPaused event) {
    TrialId id = event.attempt().trial();
    Suggestion suggestion = open.remove(id.number());
    if (suggestion != null) {
      rested.put(id.number(), trial(id, TrialState.PAUSED, suggestion, event.metrics()));
      printInOrder();
    }
  }

  /** Takes a trial that has ended, in this run or in an earlier one. */
  synchronized void add(EndedTrial ended) {
    long number = ended.id().number();
    open.remove(number);
    if (rested.containsKey(number)) {
      rested.put(number, trial(ended));
      return;
    }
    early.put(number, ended);
    printInOrder();
  }

  private void printInOrder() {
    while (early.containsKey(next) || rested.containsKey(next)) {
      EndedTrial trial = early.remove(next);
      if (trial != null) {
        print(trial(trial));
      }
      next++;
    }
    out.flush();
  }

  /** Prints what is left and the result. */
  synchronized void close(StudyResult result) {
    printRest();
    print(result(result));
    out.flush();
  }

  /** Prints the trials that are left, those last that have paused. */
  synchronized void printRest() {
    early.values().forEach(trial -> print(trial(trial)));
    early.clear();
    rested.values().forEach(this::print);
    rested.clear();
  }

  private void print(ObjectNode node) {
    print(node, out);
  }

  /** Prints an object as a line. */
  static void print(ObjectNode node, PrintStream out) {
    try {
      out.println(JSON.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values can always be written.", e);
    }
  }

  static ObjectNode trial(EndedTrial trial) {
    ObjectNode node = trial(trial.id(), trial.state(), trial.suggestion(), trial.metrics());
    String reason = reason(trial);
    if (reason != null) {
      node.put("reason", reason);
    }
    return node;
  }

  static ObjectNode trial(TrialId id, TrialState state, Suggestion suggestion, Metrics metrics) {
    ObjectNode node = JSON.createObjectNode();
    node.put("trial", id.number());
    node.put("state", state.name().toLowerCase(Locale.ROOT));
    boolean evaluated = suggestion instanceof Suggestion.Evaluate;
    node.set(
        "configuration",
        configuration(evaluated ? ((Suggestion.Evaluate) suggestion).candidate() : null));
    node.set("metrics", metrics(metrics));
    ObjectNode fidelity = node.putObject("fidelity");
    node.putNull("parent");
    if (suggestion instanceof Suggestion.Evaluate evaluate) {
      evaluate.fidelity().axes().forEach(fidelity::put);
      TrialId parent = evaluate.weights().parent();
      Lineage.Way way = Lineage.Way.of(evaluate.weights());
      if (parent != null && way != null) {
        node.put("parent", parent.number());
        node.put("inherited-by", way.label());
      }
    }
    return node;
  }

  /** Returns what is on record of a study, without its trials. */
  static ObjectNode kept(KeptSummary study) {
    ObjectNode node = JSON.createObjectNode();
    node.put("study", study.name());
    node.put("state", study.state().name().toLowerCase(Locale.ROOT));
    node.put("reason", study.reason());
    node.put("paused", study.paused());
    ObjectNode trials = node.putObject("trials");
    study
        .counts()
        .forEach((state, count) -> trials.put(state.name().toLowerCase(Locale.ROOT), count));
    KeptTrial best = study.best();
    if (best == null) {
      node.putNull("best");
    } else {
      node.set("best", candidate(best.id(), best.candidate(), best.metrics()));
    }
    StudyEvent.StudyStarted start = study.start();
    node.put("strategy", start == null ? null : start.strategy());
    node.put("seed", start == null ? null : (Long) start.seed());
    node.put("started", start == null ? null : start.at().toString());
    Instant last = study.last();
    node.put("last", last == null ? null : last.toString());
    node.put("device-seconds", study.deviceSeconds());
    ArrayNode damages = node.putArray("damages");
    study.damages().forEach(damages::add);
    return node;
  }

  private static @Nullable String reason(EndedTrial trial) {
    if (trial.outcome() instanceof Outcome.Failed failed) {
      return failed.reason();
    }
    return notFinite(trial.metrics());
  }

  /** Returns which metric is not a finite number, and why it is null; null if all are. */
  static @Nullable String notFinite(Metrics metrics) {
    String metric = metrics.firstNotFinite();
    if (metric != null) {
      return "'%s' was %s".formatted(metric, metrics.get(metric));
    }
    for (String name : metrics.vectorNames()) {
      double[] vector = metrics.vector(name);
      for (int i = 0; i < vector.length; i++) {
        if (!Double.isFinite(vector[i])) {
          return "entry %d of '%s' was %s".formatted(i + 1, name, vector[i]);
        }
      }
    }
    return null;
  }

  static ObjectNode result(StudyResult result) {
    ObjectNode node = JSON.createObjectNode();
    node.put("study", result.study());
    node.put("state", result.state().name().toLowerCase(Locale.ROOT));
    node.put("reason", result.reason());
    ObjectNode trials = node.putObject("trials");
    trials.put("completed", result.completed());
    trials.put("pruned", result.pruned());
    trials.put("failed", result.failed());
    trials.put("stopped", result.stopped());
    if (result.paused() > 0) {
      trials.put("paused", result.paused());
    }
    EndedTrial best = result.best();
    if (best == null) {
      node.putNull("best");
    } else {
      ObjectNode bestNode = candidate(best);
      bestNode.set("test", metrics(result.test()));
      node.set("best", bestNode);
    }
    ArrayNode front = node.putArray("front");
    result.front().forEach(trial -> front.add(candidate(trial)));
    node.put("device-hours", result.deviceHours());
    node.put("gpu-hours", result.gpuHours());
    node.put("saved-device-hours", result.savedDeviceHours());
    ObjectNode saved = node.putObject("saved-by-trick");
    result.savedHours().forEach((trick, hours) -> saved.put(trick.label(), hours));
    node.put("seconds", result.seconds());
    node.put("virtual-seconds", result.virtualSeconds());
    node.put("utilisation", result.utilisation());
    node.put("utilisation-while-suggesting", result.utilisationWhileSuggesting());
    node.put("seed", result.seed());
    if (result.fidelity() != null) {
      node.set("fidelity", fidelity(result.fidelity()));
    }
    return node;
  }

  private static ObjectNode fidelity(FidelityReport report) {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode levels = node.putArray("levels");
    for (FidelityReport.Level level : report.levels()) {
      ObjectNode entry = levels.addObject();
      ObjectNode axes = entry.putObject("axes");
      level.fidelity().axes().forEach(axes::put);
      RankCorrelation correlation = level.correlation();
      entry.put("pairs", correlation.pairs());
      entry.put("spearman", correlation.spearman());
      entry.put("kendall", correlation.kendall());
      entry.put("p-value", correlation.chance());
      entry.put("selected", level.selected());
    }
    ObjectNode exponents = node.putObject("cost-exponents");
    report
        .costs()
        .forEach(
            (axis, exponent) ->
                exponents
                    .putObject(axis)
                    .put("mean", exponent.mean())
                    .put("deviation", exponent.deviation()));
    return node;
  }

  private static ObjectNode candidate(EndedTrial trial) {
    return candidate(trial.id(), trial.candidate(), trial.metrics());
  }

  private static ObjectNode candidate(
      TrialId id, @Nullable Configuration configuration, Metrics metrics) {
    ObjectNode node = JSON.createObjectNode();
    node.put("trial", id.number());
    node.set("configuration", configuration(configuration));
    node.set("metrics", metrics(metrics));
    return node;
  }

  static ObjectNode configuration(@Nullable Configuration configuration) {
    ObjectNode node = JSON.createObjectNode();
    if (configuration != null) {
      configuration.toMap().forEach(node::putPOJO);
    }
    return node;
  }

  static ObjectNode metrics(Metrics metrics) {
    ObjectNode node = JSON.createObjectNode();
    metrics
        .numbers()
        .forEach(
            (name, value) -> {
              if (Double.isFinite(value)) {
                node.put(name, value);
              } else {
                node.putNull(name);
              }
            });
    for (String name : metrics.vectorNames()) {
      ArrayNode vector = node.putArray(name);
      for (double value : metrics.vector(name)) {
        vector.add(Double.isFinite(value) ? (Double) value : null);
      }
    }
    return node;
  }
}
