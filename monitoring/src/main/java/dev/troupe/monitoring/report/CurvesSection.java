package dev.troupe.monitoring.report;

import dev.troupe.plot.Axis;
import dev.troupe.study.Measurement;
import dev.troupe.study.Objective;
import dev.troupe.study.TrialState;
import java.util.ArrayList;
import java.util.List;

/** What trials measured on their way. */
final class CurvesSection implements Section {

  private static final int MOST_CURVES = 120;
  private static final int MOST_POINTS = 80;
  private static final int MOST_OBJECTIVES = 3;

  @Override
  public void write(Results results, Markup page) {
    boolean isOpen = false;
    for (Objective objective :
        results.objectives().subList(0, Math.min(MOST_OBJECTIVES, results.objectives().size()))) {
      List<ReportedTrial> curves =
          results.study().trials().stream()
              .filter(trial -> spots(objective, trial).size() > 1)
              .toList();
      if (!curves.isEmpty()) {
        if (!isOpen) {
          page.open("section").leaf("h2", "Learning curves");
          legend(page, curves);
          isOpen = true;
        }
        plot(results, objective, curves, page);
      }
    }
    if (isOpen) {
      page.close();
    }
  }

  private static void legend(Markup page, List<ReportedTrial> curves) {
    Legend.states(page, curves);
    page.leaf(
        "p",
        "A line ends where its trial did; pruned ones are marked there. The best is drawn thick.",
        "class",
        "note");
  }

  private static List<Spot> spots(Objective objective, ReportedTrial trial) {
    var spots = new ArrayList<Spot>();
    for (Measurement measurement : trial.measurements()) {
      double value = measurement.metrics().getOrNaN(objective.metric());
      if (Double.isFinite(value)) {
        spots.add(new Spot(measurement.step(), value));
      }
    }
    return spots;
  }

  private static void plot(
      Results results, Objective objective, List<ReportedTrial> curves, Markup page) {
    double[] values =
        curves.stream()
            .flatMap(trial -> spots(objective, trial).stream())
            .mapToDouble(Spot::y)
            .toArray();
    double last =
        curves.stream()
            .flatMap(trial -> spots(objective, trial).stream())
            .mapToDouble(Spot::x)
            .max()
            .orElse(1);
    ValueAxis up = ValueAxis.ofCurves(objective, values);
    Plot plot =
        Plot.wide(
            objective.metric() + " by step",
            PlotAxis.of("step", Axis.counting(Math.max(1, last))),
            up.axis());
    List<ReportedTrial> shown = Thinning.of(curves, MOST_CURVES, results::isBest);
    for (TrialState state : Legend.ORDER) {
      lines(
          results, objective, shown.stream().filter(each -> each.state() == state).toList(), plot);
    }
    ends(objective, shown, plot);
    plot.note(up.note()).note(Thinning.note(curves.size(), MOST_CURVES, "curves")).write(page);
  }

  private static void lines(
      Results results, Objective objective, List<ReportedTrial> trials, Plot plot) {
    for (ReportedTrial trial : trials) {
      String style = results.isBest(trial) ? "l-best" : "l-" + Results.word(trial.state());
      plot.line(style, thinned(spots(objective, trial)), results.title(trial));
    }
  }

  private static void ends(Objective objective, List<ReportedTrial> trials, Plot plot) {
    var ends = new ArrayList<Spot>();
    for (ReportedTrial trial : trials) {
      if (trial.state() == TrialState.PRUNED) {
        List<Spot> spots = spots(objective, trial);
        ends.add(spots.get(spots.size() - 1));
      }
    }
    if (!ends.isEmpty()) {
      plot.dots(Legend.style(TrialState.PRUNED), ends);
    }
  }

  private static List<Spot> thinned(List<Spot> spots) {
    Spot last = spots.get(spots.size() - 1);
    return Thinning.of(spots, MOST_POINTS, spot -> spot.x() == last.x());
  }
}
