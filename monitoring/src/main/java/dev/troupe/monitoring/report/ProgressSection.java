package dev.troupe.monitoring.report;

import dev.troupe.plot.Axis;
import dev.troupe.plot.NumberText;
import dev.troupe.study.Objective;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found by when. */
final class ProgressSection implements Section {

  private static final int MOST_OBJECTIVES = 4;
  private static final int MOST_ROWS = 60;

  /**
   * A better value than those before it.
   *
   * @param ended how many trials had ended by then
   * @param seconds how long devices had been held by then
   */
  private record Step(ReportedTrial trial, double value, int ended, double seconds) {}

  /** A run that ended. */
  private record Ended(ReportedTrial trial, ReportedRun run, boolean isLast) {}

  @Override
  public void write(Results results, Markup page) {
    if (results.completed().isEmpty()) {
      return;
    }
    page.open("section").leaf("h2", "Best value by when");
    List<Ended> runs = runs(results.study());
    results.objectives().stream()
        .limit(MOST_OBJECTIVES)
        .forEach(objective -> write(results, objective, runs, page));
    page.close();
  }

  private static List<Ended> runs(ReportedStudy study) {
    var runs = new ArrayList<Ended>();
    for (ReportedTrial trial : study.trials()) {
      for (int i = 0; i < trial.runs().size(); i++) {
        boolean isLast = i == trial.runs().size() - 1 && trial.state().isEnded();
        runs.add(new Ended(trial, trial.runs().get(i), isLast));
      }
    }
    runs.sort(
        Comparator.<Ended, Instant>comparing(ended -> ended.run().ended())
            .thenComparing(ended -> ended.trial().id()));
    return runs;
  }

  private static void write(Results results, Objective objective, List<Ended> runs, Markup page) {
    var steps = new ArrayList<Step>();
    int trials = 0;
    double seconds = 0;
    Step best = null;
    for (Ended ended : runs) {
      seconds += ended.run().seconds();
      trials += ended.isLast() ? 1 : 0;
      double value = Results.value(objective, ended.trial());
      boolean counts = ended.isLast() && ended.trial().isCompleted() && !Double.isNaN(value);
      if (counts && (best == null || objective.direction().isBetter(value, best.value()))) {
        best = new Step(ended.trial(), value, trials, seconds);
        steps.add(best);
      }
    }
    if (!steps.isEmpty()) {
      plots(results, objective, steps, trials, seconds, page);
      table(steps, page);
    }
  }

  private static void plots(
      Results results,
      Objective objective,
      List<Step> steps,
      int trials,
      double seconds,
      Markup page) {
    ValueAxis up = ValueAxis.of(objective, steps.stream().mapToDouble(Step::value).toArray());
    page.open("div", "class", "row");
    var byTrials = new ArrayList<Spot>();
    var byTime = new ArrayList<Spot>();
    Span span = Span.fitting(seconds);
    for (Step step : steps) {
      byTrials.add(new Spot(step.ended(), step.value(), results.title(step.trial())));
      byTime.add(new Spot(span.of(step.seconds()), step.value(), results.title(step.trial())));
    }
    plot(
        "Best %s by trials".formatted(objective.metric()),
        PlotAxis.of("trials ended", Axis.counting(Math.max(1, trials))),
        up,
        byTrials,
        trials,
        page);
    if (seconds > 0) {
      plot(
          "Best %s by device time".formatted(objective.metric()),
          PlotAxis.of("device-" + span.name(), Axis.exact(span.of(seconds))),
          up,
          byTime,
          span.of(seconds),
          page);
    }
    page.close();
  }

  private static void plot(
      String title, PlotAxis across, ValueAxis up, List<Spot> spots, double end, Markup page) {
    var stairs = new ArrayList<Spot>();
    for (int i = 0; i < spots.size(); i++) {
      Spot spot = spots.get(i);
      if (i > 0) {
        stairs.add(new Spot(spot.x(), spots.get(i - 1).y()));
      }
      stairs.add(spot);
    }
    stairs.add(new Spot(end, spots.get(spots.size() - 1).y()));
    Plot.small(title, across, up.axis())
        .line("l-best", stairs, "")
        .dots("s-best", spots)
        .note(up.note())
        .write(page);
  }

  private static void table(List<Step> steps, Markup page) {
    page.open("details").leaf("summary", "As a table");
    var rows = new ArrayList<List<String>>();
    List<Step> shown = steps.subList(Math.max(0, steps.size() - MOST_ROWS), steps.size());
    for (Step step : shown) {
      rows.add(
          List.of(
              Long.toString(step.trial().id().number()),
              NumberText.brief(step.value()),
              Integer.toString(step.ended()),
              Span.text(step.seconds())));
    }
    Table.write(page, List.of("trial", "value", "trials ended", "device time"), rows);
    if (shown.size() < steps.size()) {
      page.leaf("p", "The last %d of %d.".formatted(shown.size(), steps.size()), "class", "note");
    }
    page.close();
  }
}
