package dev.troupe.monitoring.report;

import dev.troupe.plot.NumberText;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.Configuration;
import dev.troupe.study.Objective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Which parameters matter, and which of their values are good. */
final class ParametersSection implements Section {

  private static final int MOST_PLOTS = 40;
  private static final int MOST_SPOTS = 1000;
  private static final double LITTLE = 0.1;

  @Override
  public void write(Results results, Markup page) {
    List<ReportedTrial> trials =
        Thinning.of(results.completed(), Importance.MOST_TRIALS, results::isBest);
    List<Column> columns = Columns.of(results.study(), trials);
    if (columns.isEmpty()) {
      return;
    }
    page.open("section").leaf("h2", "Parameters");
    var order = new ArrayList<String>();
    for (Objective objective : results.objectives()) {
      List<String> names = importance(results, objective, trials, columns, page);
      if (order.isEmpty()) {
        order.addAll(names);
      }
    }
    slices(results, results.objectives().get(0), order, page);
    page.close();
  }

  /** Writes a table, and returns the parameters in its order. */
  private static List<String> importance(
      Results results,
      Objective objective,
      List<ReportedTrial> trials,
      List<Column> columns,
      Markup page) {
    double[] values =
        trials.stream().mapToDouble(trial -> Results.value(objective, trial)).toArray();
    boolean isEnough = trials.size() >= Importance.LEAST_TRIALS;
    Importance importance =
        isEnough
            ? Importance.of(columns, values, random(results, objective))
            : new Importance(columns.stream().map(column -> 0.0).toList(), 0);
    page.leaf("h3", "What matters for " + objective.metric());
    page.leaf("p", explanation(importance, trials.size()), "class", "note");
    List<Integer> order =
        IntStream.range(0, columns.size())
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -importance.shares().get(j)))
            .toList();
    table(results, order, columns, importance, values, isEnough, page);
    return order.stream().map(j -> columns.get(j).name()).toList();
  }

  /** Strategies count their draws from 1, so that 0 is free. */
  private static RandomGenerator random(Results results, Objective objective) {
    return RandomStreams.of(results.study().seed()).stream(
        RandomStreams.Kind.STRATEGY, 0, "importance " + objective.metric());
  }

  private static String explanation(Importance importance, int trials) {
    if (trials < Importance.LEAST_TRIALS) {
      return "Importance is told from %d completed trials on. Rank correlation: that of the parameter with the metric, where it is active (Spearman)."
          .formatted(Importance.LEAST_TRIALS);
    }
    return "Importance: by how much the error of a random forest grows on trials that it has not seen when the values of a parameter are exchanged between them, as shares (Breiman 2001). The forest is of %d completed trials and tells %s %% of the variance of their ranks.%s Rank correlation: that of the parameter with the metric, where it is active (Spearman)."
        .formatted(
            trials,
            NumberText.brief(Math.rint(Math.max(0, importance.explained()) * 100)),
            importance.explained() < LITTLE
                ? " That is little: the shares say hardly anything."
                : "");
  }

  private static void table(
      Results results,
      List<Integer> order,
      List<Column> columns,
      Importance importance,
      double[] values,
      boolean isEnough,
      Markup page) {
    page.open("div", "class", "scroll").open("table", "class", "sortable").open("thead").open("tr");
    for (String head :
        List.of("parameter", "importance", "", "rank correlation", "active in", "best trial's")) {
      page.leaf("th", head, "scope", "col");
    }
    page.close().close().open("tbody");
    for (int j : order) {
      Column column = columns.get(j);
      double percent = Math.rint(importance.shares().get(j) * 1000) / 10;
      page.open("tr").leaf("td", column.name());
      page.leaf("td", isEnough ? NumberText.brief(percent) + " %" : "", "class", "n");
      page.open("td", "class", "bar");
      if (isEnough) {
        page.leaf("div", "", "style", "width:%s%%".formatted(NumberText.brief(percent)));
      }
      page.close();
      page.leaf("td", correlation(column, values), "class", "n");
      long active = IntStream.range(0, values.length).filter(column::isActive).count();
      page.leaf("td", Long.toString(active), "class", "n");
      page.leaf("td", best(results, column.name()));
      page.close();
    }
    page.close().close().close();
  }

  private static String correlation(Column column, double[] values) {
    if (column.isCategorical()) {
      return "";
    }
    int[] active = IntStream.range(0, values.length).filter(column::isActive).toArray();
    double correlation =
        Ranks.correlation(
            column.of(active).values(), IntStream.of(active).mapToDouble(i -> values[i]).toArray());
    return Double.isNaN(correlation) ? "" : NumberText.brief(Math.rint(correlation * 100) / 100);
  }

  private static String best(Results results, String name) {
    ReportedTrial best = results.best();
    Configuration candidate = best == null ? null : best.candidate();
    Object value = candidate == null ? null : candidate.find(name);
    return value == null ? "inactive" : Results.text(value);
  }

  private static void slices(
      Results results, Objective objective, List<String> order, Markup page) {
    List<ReportedTrial> valued =
        results.study().trials().stream()
            .filter(trial -> trial.candidate() != null)
            .filter(trial -> !Double.isNaN(Results.value(objective, trial)))
            .toList();
    List<ReportedTrial> shown = Thinning.of(valued, MOST_SPOTS, results::isBest);
    ValueAxis up =
        ValueAxis.of(
            objective,
            shown.stream().mapToDouble(trial -> Results.value(objective, trial)).toArray());
    page.leaf("h3", "Values of parameters and " + objective.metric());
    Legend.states(page, shown);
    List<String> notes = new ArrayList<>();
    notes.add(up.note());
    notes.add(Thinning.note(valued.size(), MOST_SPOTS, "trials"));
    if (order.size() > MOST_PLOTS) {
      notes.add("The %d most important of %d.".formatted(MOST_PLOTS, order.size()));
    }
    notes.stream()
        .filter(note -> !note.isEmpty())
        .forEach(note -> page.leaf("p", note, "class", "note"));
    page.open("div", "class", "row");
    List<Column> columns = Columns.of(results.study(), shown);
    for (String name : order.subList(0, Math.min(MOST_PLOTS, order.size()))) {
      columns.stream()
          .filter(column -> column.name().equals(name))
          .forEach(column -> slice(results, objective, shown, column, up, page));
    }
    page.close();
  }

  private static void slice(
      Results results,
      Objective objective,
      List<ReportedTrial> trials,
      Column column,
      ValueAxis up,
      Markup page) {
    Plot plot = Plot.small(column.name(), column.axis(), up.axis());
    boolean isAlwaysActive = IntStream.range(0, trials.size()).allMatch(column::isActive);
    if (!isAlwaysActive) {
      plot.strip("inactive");
    }
    Legend.dots(plot, results, trials, i -> spot(results, objective, trials.get(i), column, i));
    plot.write(page);
  }

  /** Points of one value stand side by side, each in a place of its own. */
  private static Spot spot(
      Results results, Objective objective, ReportedTrial trial, Column column, int index) {
    double x = column.value(index);
    if (column.isCrowded() && column.isActive(index)) {
      double golden = trial.id().number() * 0.6180339887498949;
      x += (golden - Math.floor(golden) - 0.5) * 0.5;
    }
    return new Spot(x, Results.value(objective, trial), results.title(trial));
  }
}
