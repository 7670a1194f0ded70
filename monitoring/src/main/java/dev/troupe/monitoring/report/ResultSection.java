package dev.troupe.monitoring.report;

import dev.troupe.plot.NumberText;
import dev.troupe.space.Configuration;
import dev.troupe.study.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What came out: the best trial, or the front. */
final class ResultSection implements Section {

  private static final int MOST_ROWS = 100;
  private static final int MOST_SPOTS = 2000;

  @Override
  public void write(Results results, Markup page) {
    page.open("section").leaf("h2", "Result");
    ReportedTrial best = results.best();
    if (best == null) {
      page.leaf("p", "No trial has completed.").close();
      return;
    }
    boolean isFront = results.objectives().size() > 1;
    if (isFront) {
      front(results, page);
      page.leaf("h3", "Best " + results.objectives().get(0).metric());
    }
    best(results, best, page);
    page.close();
  }

  private static void best(Results results, ReportedTrial best, Markup page) {
    page.leaf("p", results.title(best), "class", "lead");
    var facts = new ArrayList<List<String>>();
    facts.add(List.of("metrics", Results.text(best.metrics().numbers())));
    if (!results.study().test().numbers().isEmpty()) {
      facts.add(
          List.of("never shown to the search", Results.text(results.study().test().numbers())));
    }
    Table.pairs(page, facts);
    Configuration candidate = best.candidate();
    if (candidate != null) {
      var rows = new ArrayList<List<String>>();
      for (String name : candidate.names()) {
        rows.add(List.of(name, Results.text(candidate.get(name))));
      }
      Table.write(page, List.of("parameter", "value"), rows);
    }
    String drawing = results.study().drawing();
    if (drawing != null) {
      page.open("details", "open", "open").leaf("summary", "Its network");
      page.open("div", "class", "paper").trusted(drawing).close().close();
    }
  }

  private static void front(Results results, Markup page) {
    List<ReportedTrial> front = results.front();
    page.leaf(
        "p",
        "%d of %d completed trials are on the front: no other one beats them in every objective."
            .formatted(front.size(), results.completed().size()));
    page.open("div", "class", "row");
    Objective first = results.objectives().get(0);
    for (Objective other : results.objectives().subList(1, results.objectives().size())) {
      scatter(results, other, first, page);
    }
    page.close();
    frontTable(results, front, page);
  }

  private static void scatter(Results results, Objective across, Objective up, Markup page) {
    ValueAxis x = axis(results, across);
    ValueAxis y = axis(results, up);
    List<ReportedTrial> shown = Thinning.of(results.completed(), MOST_SPOTS, results::isBest);
    Plot.small("%s and %s".formatted(up.metric(), across.metric()), x.axis(), y.axis())
        .dots("s-other", spots(results, shown, across, up))
        .dots("s-best", spots(results, results.front(), across, up))
        .note(x.note())
        .note(y.note())
        .note(Thinning.note(results.completed().size(), MOST_SPOTS, "completed trials"))
        .write(page);
  }

  private static ValueAxis axis(Results results, Objective objective) {
    return ValueAxis.of(
        objective,
        results.completed().stream()
            .mapToDouble(trial -> Results.value(objective, trial))
            .toArray());
  }

  private static List<Spot> spots(
      Results results, List<ReportedTrial> trials, Objective across, Objective up) {
    return trials.stream()
        .map(
            trial ->
                new Spot(
                    Results.value(across, trial), Results.value(up, trial), results.title(trial)))
        .toList();
  }

  private static void frontTable(Results results, List<ReportedTrial> front, Markup page) {
    var head = new ArrayList<String>(List.of("trial"));
    results.objectives().forEach(objective -> head.add(objective.metric()));
    head.add("configuration");
    var rows = new ArrayList<List<String>>();
    for (ReportedTrial trial : Thinning.of(front, MOST_ROWS, each -> false)) {
      var row = new ArrayList<String>(List.of(Long.toString(trial.id().number())));
      results
          .objectives()
          .forEach(objective -> row.add(NumberText.brief(Results.value(objective, trial))));
      row.add(configuration(trial));
      rows.add(row);
    }
    Table.writeSortable(page, head, rows);
    String note = Thinning.note(front.size(), MOST_ROWS, "trials of the front");
    if (!note.isEmpty()) {
      page.leaf("p", note, "class", "note");
    }
  }

  /** Returns a candidate in a line. */
  static String configuration(ReportedTrial trial) {
    Configuration candidate = trial.candidate();
    if (candidate == null) {
      return "";
    }
    var parts = new ArrayList<String>();
    for (Map.Entry<String, Object> entry : candidate.toMap().entrySet()) {
      parts.add(entry.getKey() + "=" + Results.text(entry.getValue()));
    }
    String line = String.join(" ", parts);
    return line.length() <= 400 ? line : line.substring(0, 399) + "…";
  }
}
