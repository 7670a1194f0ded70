package dev.troupe.daemon;

import dev.troupe.KeptTrial;
import dev.troupe.space.Configuration;
import dev.troupe.study.Outcome;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Trials as a table of values separated by commas (RFC 4180); what a trial lacks is empty. */
final class TrialsCsv {

  private static final List<String> FIRST = List.of("trial", "state");
  private static final List<String> LAST = List.of("attempts", "device-seconds", "reason");

  private TrialsCsv() {}

  static void print(List<KeptTrial> trials, PrintStream out) {
    Set<String> parameters = new LinkedHashSet<>();
    Set<String> metrics = new LinkedHashSet<>();
    for (KeptTrial trial : trials) {
      Configuration candidate = trial.candidate();
      if (candidate != null) {
        parameters.addAll(candidate.names());
      }
      metrics.addAll(trial.metrics().numbers().keySet());
    }
    Set<String> taken = new LinkedHashSet<>(parameters);
    taken.addAll(FIRST);
    taken.addAll(LAST);
    var head = new ArrayList<>(FIRST);
    head.addAll(parameters);
    metrics.forEach(metric -> head.add(taken.contains(metric) ? "metric-" + metric : metric));
    head.addAll(LAST);
    line(head, out);
    trials.forEach(trial -> line(row(trial, parameters, metrics), out));
  }

  private static List<String> row(KeptTrial trial, Set<String> parameters, Set<String> metrics) {
    var row = new ArrayList<String>();
    row.add(trial.id().toString());
    row.add(trial.state().name().toLowerCase(Locale.ROOT));
    Configuration candidate = trial.candidate();
    for (String parameter : parameters) {
      row.add(
          candidate != null && candidate.names().contains(parameter)
              ? candidate.get(parameter).toString()
              : "");
    }
    for (String metric : metrics) {
      row.add(trial.metrics().has(metric) ? Double.toString(trial.metrics().get(metric)) : "");
    }
    row.add(Integer.toString(trial.attempts()));
    row.add(Double.toString(trial.deviceSeconds()));
    row.add(
        trial.end() != null && trial.end().outcome() instanceof Outcome.Failed failed
            ? failed.reason()
            : "");
    return row;
  }

  private static void line(List<String> fields, PrintStream out) {
    out.print(fields.stream().map(TrialsCsv::quote).collect(Collectors.joining(",")) + "\r\n");
  }

  private static String quote(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
