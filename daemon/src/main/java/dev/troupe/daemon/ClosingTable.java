package dev.troupe.daemon;

import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.FidelityReport;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of a study for a person. */
final class ClosingTable {

  private ClosingTable() {}

  static void print(StudyResult result, List<Objective> objectives, PrintStream out) {
    out.printf(
        "Study %s: %s, because %s.%n",
        result.study(), result.state().name().toLowerCase(Locale.ROOT), result.reason());
    row(
        out,
        "trials",
        "%d completed, %d pruned, %d failed, %d stopped%s in %s (%s per minute)"
            .formatted(
                result.completed(),
                result.pruned(),
                result.failed(),
                result.stopped(),
                result.paused() > 0 ? ", %d paused".formatted(result.paused()) : "",
                Text.duration(result.seconds()),
                Text.number(perMinute(result))));
    if (result.virtualSeconds() != null) {
      row(
          out,
          "virtual",
          "%s on the virtual clock; places busy for %s %% of it until the last trial was handed out"
              .formatted(
                  Text.duration(result.virtualSeconds()),
                  Text.number(100 * result.utilisationWhileSuggesting())));
    }
    row(
        out,
        "devices",
        "%s device-hours, %s GPU-hours, places busy for %d %% of the time"
            .formatted(
                Text.number(result.deviceHours()),
                Text.number(result.gpuHours()),
                Math.round(100 * result.utilisation())));
    if (!result.savedHours().isEmpty()) {
      row(out, "saved", saved(result));
    }
    if (result.fidelity() != null) {
      result.fidelity().levels().forEach(level -> row(out, "ranking", ranking(level)));
    }
    EndedTrial best = result.best();
    if (best == null) {
      row(out, "best", "none: no trial completed");
      return;
    }
    row(out, "best", "trial %s: %s".formatted(best.id(), Text.metrics(best.metrics(), objectives)));
    if (!result.test().numbers().isEmpty()) {
      row(out, "test", Text.metrics(result.test(), objectives));
    }
    configuration(out, best);
    if (objectives.size() > 1) {
      front(out, result, objectives);
    }
  }

  private static String saved(StudyResult result) {
    var parts = new ArrayList<String>();
    result
        .savedHours()
        .forEach(
            (trick, hours) ->
                parts.add("%s device-hours by %s".formatted(Text.number(hours), trick.label())));
    return String.join(", ", parts) + ", by estimate, against full evaluations";
  }

  private static String ranking(FidelityReport.Level level) {
    Double kendall = level.correlation().kendall();
    return "at %s, rank correlation %s (Kendall) with full fidelity over %d%s candidates"
        .formatted(
            level.fidelity().axes(),
            kendall == null ? "unknown" : Text.number(kendall),
            level.correlation().pairs(),
            level.selected() ? " selected" : "");
  }

  private static double perMinute(StudyResult result) {
    return result.seconds() > 0 ? Math.round(60 * result.trials() / result.seconds()) : 0;
  }

  private static void configuration(PrintStream out, EndedTrial best) {
    Configuration candidate = best.candidate();
    if (candidate != null) {
      int width = candidate.names().stream().mapToInt(String::length).max().orElse(1);
      String label = "with";
      for (String name : candidate.names()) {
        Object value = candidate.get(name);
        String text = value instanceof Double real ? Text.number(real) : value.toString();
        row(out, label, ("%-" + width + "s  %s").formatted(name, text));
        label = "";
      }
    }
  }

  private static void front(PrintStream out, StudyResult result, List<Objective> objectives) {
    String label = "front";
    for (EndedTrial trial : result.front()) {
      row(
          out,
          label,
          "trial %s: %s".formatted(trial.id(), Text.metrics(trial.metrics(), objectives)));
      label = "";
    }
  }

  /** Says where the study is kept. */
  static void printKept(String where, PrintStream out) {
    row(out, "kept", where);
  }

  private static void row(PrintStream out, String label, String text) {
    out.printf("  %-8s %s%n", label, text);
  }
}
