package dev.troupe.monitoring.report;

import dev.troupe.plot.NumberText;
import java.util.ArrayList;
import java.util.List;

/** For how long devices were held, and what tricks have saved of that. */
final class DeviceTimeSection implements Section {

  @Override
  public void write(Results results, Markup page) {
    ReportedStudy study = results.study();
    double used = study.trials().stream().mapToDouble(ReportedTrial::deviceSeconds).sum();
    double lost = study.trials().stream().mapToDouble(ReportedTrial::lostSeconds).sum();
    double saved = study.savedSeconds().values().stream().mapToDouble(each -> each).sum();
    if (used + saved == 0) {
      return;
    }
    page.open("section").leaf("h2", "Device time");
    var rows = new ArrayList<List<String>>();
    rows.add(row("used", used, used + saved));
    if (lost > 0) {
      rows.add(row("of that by runs that came to nothing", lost, used + saved));
    }
    study
        .savedSeconds()
        .forEach(
            (trick, seconds) -> rows.add(row("saved by " + trick.label(), seconds, used + saved)));
    Table.write(page, List.of("", "device-hours", "share of used and saved"), rows);
    if (saved > 0) {
      page.leaf(
          "p",
          "What was saved is an estimate: the steps that a trial left out, up to the furthest that any trial of the study has come, at its own seconds for a step.",
          "class",
          "note");
    }
    page.close();
  }

  private static List<String> row(String name, double seconds, double all) {
    double percent = Math.rint(1000 * seconds / all) / 10;
    return List.of(name, Span.hours(seconds), NumberText.brief(percent) + " %");
  }
}
