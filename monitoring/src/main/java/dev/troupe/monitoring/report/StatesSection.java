package dev.troupe.monitoring.report;

import dev.troupe.study.TrialState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How trials ended, and why some failed. */
final class StatesSection implements Section {

  private static final int MOST_REASONS = 25;
  private static final int MOST_NUMBERS = 12;
  private static final int LONGEST = 300;

  @Override
  public void write(Results results, Markup page) {
    List<ReportedTrial> trials = results.study().trials();
    page.open("section").leaf("h2", "States and failures");
    if (trials.isEmpty()) {
      page.leaf("p", "There is no trial yet.").close();
      return;
    }
    var rows = new ArrayList<List<String>>();
    for (TrialState state : TrialState.values()) {
      List<ReportedTrial> own = trials.stream().filter(each -> each.state() == state).toList();
      if (!own.isEmpty()) {
        double seconds = own.stream().mapToDouble(ReportedTrial::deviceSeconds).sum();
        rows.add(List.of(Results.word(state), Integer.toString(own.size()), Span.hours(seconds)));
      }
    }
    Table.write(page, List.of("state", "trials", "device-hours"), rows);
    Map<String, List<ReportedTrial>> failed = new LinkedHashMap<>();
    Map<String, List<ReportedTrial>> again = new LinkedHashMap<>();
    for (ReportedTrial trial : trials) {
      if (trial.reason() != null) {
        add(failed, trial.reason(), trial);
      }
      trial.failures().forEach(reason -> add(again, reason, trial));
    }
    reasons(page, "Trials that failed", failed);
    reasons(page, "Runs that failed or were lost, after which the trial was tried again", again);
    page.close();
  }

  private static void add(
      Map<String, List<ReportedTrial>> all, String reason, ReportedTrial trial) {
    String line = reason.lines().findFirst().orElse("");
    String brief = line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    all.computeIfAbsent(brief, key -> new ArrayList<>()).add(trial);
  }

  private static void reasons(
      Markup page, String title, Map<String, List<ReportedTrial>> byReason) {
    if (byReason.isEmpty()) {
      return;
    }
    page.leaf("h3", title);
    var entries = new ArrayList<>(byReason.entrySet());
    entries.sort(
        Collections.reverseOrder(
            Comparator.comparingInt(
                (Map.Entry<String, List<ReportedTrial>> entry) -> entry.getValue().size())));
    var rows = new ArrayList<List<String>>();
    for (var entry : entries.subList(0, Math.min(MOST_REASONS, entries.size()))) {
      rows.add(
          List.of(
              Integer.toString(entry.getValue().size()),
              entry.getKey(),
              numbers(entry.getValue())));
    }
    Table.write(page, List.of("count", "reason", "trials"), rows);
    if (entries.size() > MOST_REASONS) {
      page.leaf(
          "p",
          "The %d most frequent of %d reasons.".formatted(MOST_REASONS, entries.size()),
          "class",
          "note");
    }
  }

  private static String numbers(List<ReportedTrial> trials) {
    String numbers =
        trials.stream()
            .limit(MOST_NUMBERS)
            .map(trial -> Long.toString(trial.id().number()))
            .collect(Collectors.joining(", "));
    return trials.size() > MOST_NUMBERS ? numbers + " …" : numbers;
  }
}
