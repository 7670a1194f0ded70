package dev.troupe.daemon;

import dev.troupe.KeptSummary;
import dev.troupe.KeptTrial;
import dev.troupe.space.Configuration;
import dev.troupe.study.Explanation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.PrintStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a trial was suggested for, as people read it. */
final class ExplanationText {

  private final KeptSummary study;
  private final Map<TrialId, KeptTrial> others;
  private final PrintStream out;

  /**
   * @param others the trials that explanations refer to, as far as they are on record
   */
  ExplanationText(KeptSummary study, Map<TrialId, KeptTrial> others, PrintStream out) {
    this.study = study;
    this.others = others;
    this.out = out;
  }

  /** Prints all that is known of why a trial was suggested. */
  void print(KeptTrial trial, Family family) {
    out.printf("trial %s of %s: %s%n", trial.id(), study.name(), result(trial));
    Explanation explanation = trial.explanation();
    StudyEvent.StudyStarted start = study.start();
    if (start != null) {
      out.printf("strategy %s%n", start.strategy());
    }
    out.println(explanation == null ? unexplained(start) : explanation.reason());
    printConfiguration(trial);
    if (explanation != null) {
      printFigures(explanation);
      printLengthScales(explanation);
      printNearest(explanation);
    }
    printFamily(trial, family);
  }

  private void printFamily(KeptTrial trial, Family family) {
    if (family.isEmpty()) {
      return;
    }
    var results = new HashMap<TrialId, String>();
    others.forEach((id, other) -> results.put(id, result(other)));
    results.put(trial.id(), result(trial));
    out.printf("%nlineage%n");
    family.lines(results).forEach(line -> out.println("  " + line));
  }

  private String result(KeptTrial trial) {
    String state = trial.state().name().toLowerCase(Locale.ROOT);
    String metrics = Text.metrics(trial.metrics(), study.objectives());
    return metrics.isEmpty() ? state : state + ", " + metrics;
  }

  /** What strategies say of themselves is better, but not all do, nor did earlier versions. */
  private static String unexplained(StudyEvent.@Nullable StudyStarted start) {
    if (start == null) {
      return "What it was based on is not on record, nor which strategy suggested it.";
    }
    return "What it was based on is not on record. The strategy's settings: %s."
        .formatted(start.definition().getOrDefault("strategy", "as they are by default"));
  }

  private void printConfiguration(KeptTrial trial) {
    Configuration candidate = trial.candidate();
    var rows = new LinkedHashMap<String, String>();
    if (candidate != null) {
      candidate.toMap().forEach((parameter, value) -> rows.put(parameter, String.valueOf(value)));
    }
    if (trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
      addWeights(rows, evaluate.weights());
      if (!evaluate.fidelity().isFull()) {
        rows.put("(fidelity)", evaluate.fidelity().axes().toString());
      }
    }
    print("configuration", rows);
  }

  private static void addWeights(Map<String, String> rows, WeightSource weights) {
    if (weights instanceof WeightSource.Parent parent) {
      rows.put(
          "(weights)",
          "of trial %s, changed by %s"
              .formatted(parent.parent(), String.join(", ", parent.morphisms())));
    } else if (weights instanceof WeightSource.Partial partial) {
      rows.put("(weights)", "of trial %s where they fit".formatted(partial.parent()));
    } else if (weights instanceof WeightSource.Checkpoint checkpoint) {
      rows.put("(weights)", "of trial %s, which goes on".formatted(checkpoint.trial()));
    }
  }

  private void printFigures(Explanation explanation) {
    var rows = new LinkedHashMap<String, String>();
    explanation.figures().forEach((name, value) -> rows.put(name, Text.number(value)));
    print("what it was based on", rows);
  }

  private void printLengthScales(Explanation explanation) {
    var rows = new LinkedHashMap<String, String>();
    explanation.lengthScales().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(scale -> rows.put(scale.getKey(), Text.number(scale.getValue())));
    print("length scales; the shortest matters most", rows);
  }

  private void print(String title, Map<String, String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    out.printf("%n%s%n", title);
    int width = width(rows.keySet());
    rows.forEach((name, value) -> out.println(("  %-" + width + "s  %s").formatted(name, value)));
  }

  private static int width(Collection<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(1);
  }

  private void printNearest(Explanation explanation) {
    if (explanation.nearest().isEmpty()) {
      return;
    }
    out.printf("%nnearest trials%n");
    for (Explanation.Neighbour neighbour : explanation.nearest()) {
      KeptTrial other = others.get(neighbour.trial());
      out.printf(
          "  %5s  at %-9s  %s%n",
          neighbour.trial(),
          Text.number(neighbour.distance()),
          other == null ? "not on record" : result(other));
    }
  }
}
