package dev.troupe.monitoring.report;

import dev.troupe.plot.NumberText;
import dev.troupe.study.Objective;
import java.util.ArrayList;
import java.util.List;

/** The trials as a table. */
final class TrialTableSection implements Section {

  private static final int MOST_ROWS = 500;

  @Override
  public void write(Results results, Markup page) {
    List<ReportedTrial> trials = results.study().trials();
    if (trials.isEmpty()) {
      return;
    }
    page.open("section").leaf("h2", "Table of trials");
    String note = Thinning.note(trials.size(), MOST_ROWS, "trials");
    if (!note.isEmpty()) {
      page.leaf(
          "p",
          note + " All of them: troupe trials %s --csv".formatted(results.study().name()),
          "class",
          "note");
    }
    var head = new ArrayList<String>(List.of("trial", "state"));
    results.objectives().forEach(objective -> head.add(objective.metric()));
    head.addAll(List.of("steps", "device-hours", "configuration"));
    var rows = new ArrayList<List<String>>();
    for (ReportedTrial trial : Thinning.of(trials, MOST_ROWS, results::isBest)) {
      rows.add(row(results, trial));
    }
    page.open("details").leaf("summary", "%d rows".formatted(rows.size()));
    Table.writeSortable(page, head, rows);
    page.close().close();
  }

  private static List<String> row(Results results, ReportedTrial trial) {
    var row = new ArrayList<String>();
    row.add(Long.toString(trial.id().number()));
    row.add(Results.word(trial.state()));
    for (Objective objective : results.objectives()) {
      boolean isKnown = trial.metrics().has(objective.metric());
      row.add(isKnown ? NumberText.brief(trial.metrics().get(objective.metric())) : "");
    }
    int count = trial.measurements().size();
    row.add(count == 0 ? "" : Long.toString(trial.measurements().get(count - 1).step()));
    row.add(Span.hours(trial.deviceSeconds()));
    row.add(ResultSection.configuration(trial));
    return row;
  }
}
