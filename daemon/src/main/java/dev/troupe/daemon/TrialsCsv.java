package dev.troupe.daemon;

import dev.troupe.KeptTrial;
import dev.troupe.space.Configuration;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Trials as a table of values separated by commas (RFC 4180); what a trial lacks is empty. */
final class TrialsCsv {

  private static final List<String> FIRST = List.of("trial", "state");
  private static final List<String> LAST =
      List.of(
          "weights",
          "parent",
          "attempts",
          "failures",
          "device",
          "device-seconds",
          "lost-seconds",
          "ended",
          "reason");
  private static final List<String> OF_MEASUREMENT = List.of("trial", "attempt", "step", "seconds");

  private final CsvColumns columns;
  private final PrintStream out;

  /**
   * @param columns those of all trials that will be printed
   */
  TrialsCsv(CsvColumns columns, PrintStream out) {
    this.columns = columns;
    this.out = out;
  }

  void printHead() {
    var taken = new ArrayList<>(columns.parameters());
    columns.axes().forEach(axis -> taken.add("fidelity-" + axis));
    taken.addAll(FIRST);
    taken.addAll(LAST);
    var head = new ArrayList<>(FIRST);
    head.addAll(columns.parameters());
    columns.axes().forEach(axis -> head.add("fidelity-" + axis));
    head.addAll(CsvColumns.heads(columns.metrics(), taken));
    head.addAll(LAST);
    line(head);
  }

  /** Prints the row of a trial. */
  void print(KeptTrial trial) {
    var row = new ArrayList<String>();
    row.add(trial.id().toString());
    row.add(trial.state().name().toLowerCase(Locale.ROOT));
    addCandidate(row, trial);
    addMetrics(row, trial.metrics(), columns.metrics());
    addWeights(row, trial.suggestion());
    row.add(Integer.toString(trial.attempts()));
    row.add(String.join("\n", trial.failures()));
    row.add(trial.device() == null ? "" : trial.device());
    row.add(Double.toString(trial.deviceSeconds()));
    row.add(Double.toString(trial.lostSeconds()));
    row.add(trial.ended() == null ? "" : trial.ended().toString());
    row.add(
        trial.end() != null && trial.end().outcome() instanceof Outcome.Failed failed
            ? failed.reason()
            : "");
    line(row);
  }

  private void addCandidate(List<String> row, KeptTrial trial) {
    Configuration candidate = trial.candidate();
    for (String parameter : columns.parameters()) {
      row.add(
          candidate != null && candidate.names().contains(parameter)
              ? candidate.get(parameter).toString()
              : "");
    }
    Map<String, ?> fidelity =
        trial.suggestion() instanceof Suggestion.Evaluate evaluate
            ? evaluate.fidelity().axes()
            : Map.of();
    for (String axis : columns.axes()) {
      Object value = fidelity.get(axis);
      row.add(value == null ? "" : value.toString());
    }
  }

  private static void addMetrics(List<String> row, Metrics metrics, Set<String> names) {
    for (String name : names) {
      if (metrics.has(name)) {
        row.add(Double.toString(metrics.get(name)));
      } else {
        row.add(metrics.vectorNames().contains(name) ? Arrays.toString(metrics.vector(name)) : "");
      }
    }
  }

  private static void addWeights(List<String> row, Suggestion suggestion) {
    if (!(suggestion instanceof Suggestion.Evaluate evaluate)) {
      row.addAll(List.of("", ""));
      return;
    }
    TrialId parent = evaluate.weights().parent();
    row.add(Text.source(evaluate.weights()));
    row.add(parent == null ? "" : parent.toString());
  }

  void printMeasurementHead() {
    var head = new ArrayList<>(OF_MEASUREMENT);
    head.addAll(CsvColumns.heads(columns.measured(), OF_MEASUREMENT));
    line(head);
  }

  /** Prints a row for each measurement of a trial, those of earlier attempts first. */
  void printMeasurements(KeptTrial trial) {
    trial
        .earlier()
        .forEach(attempt -> print(trial.id(), attempt.attempt().number(), attempt.measurements()));
    print(trial.id(), trial.attempts(), trial.measurements());
  }

  private void print(TrialId trial, int attempt, List<Measurement> measurements) {
    for (Measurement measurement : measurements) {
      var row = new ArrayList<String>();
      row.add(trial.toString());
      row.add(Integer.toString(attempt));
      row.add(Long.toString(measurement.step()));
      row.add(Double.toString(measurement.seconds()));
      addMetrics(row, measurement.metrics(), columns.measured());
      line(row);
    }
  }

  private void line(List<String> fields) {
    out.print(fields.stream().map(TrialsCsv::quote).collect(Collectors.joining(",")) + "\r\n");
  }

  private static String quote(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
