package dev.troupe.monitoring.report;

import dev.troupe.plot.Axis;
import dev.troupe.study.Objective;
import java.util.List;

/** The value of every trial, by its number. */
final class TrialsSection implements Section {

  private static final int MOST_OBJECTIVES = 4;
  private static final int MOST_SPOTS = 5000;

  @Override
  public void write(Results results, Markup page) {
    List<ReportedTrial> trials = results.study().trials();
    if (trials.isEmpty() || results.objectives().isEmpty()) {
      return;
    }
    page.open("section").leaf("h2", "All trials");
    Legend.states(page, trials);
    results.objectives().stream()
        .limit(MOST_OBJECTIVES)
        .forEach(objective -> plot(results, objective, page));
    page.close();
  }

  private static void plot(Results results, Objective objective, Markup page) {
    List<ReportedTrial> valued =
        results.study().trials().stream()
            .filter(trial -> !Double.isNaN(Results.value(objective, trial)))
            .toList();
    if (valued.isEmpty()) {
      page.leaf("p", "No trial has a finite value of %s.".formatted(objective.metric()));
      return;
    }
    long last = results.study().trials().get(results.study().trials().size() - 1).id().number();
    ValueAxis up =
        ValueAxis.of(
            objective,
            valued.stream().mapToDouble(trial -> Results.value(objective, trial)).toArray());
    Plot plot =
        Plot.wide(
            objective.metric() + " by trial",
            PlotAxis.of("trial", Axis.counting(Math.max(1.0, (double) last))),
            up.axis());
    List<ReportedTrial> shown = Thinning.of(valued, MOST_SPOTS, results::isBest);
    Legend.dots(
        plot,
        results,
        shown,
        i ->
            new Spot(
                shown.get(i).id().number(),
                Results.value(objective, shown.get(i)),
                results.title(shown.get(i))));
    int absent = results.study().trials().size() - valued.size();
    plot.note(up.note())
        .note(Thinning.note(valued.size(), MOST_SPOTS, "trials"))
        .note(
            absent == 0
                ? ""
                : "%d without a finite value %s not drawn."
                    .formatted(absent, absent == 1 ? "is" : "are"))
        .write(page);
  }
}
