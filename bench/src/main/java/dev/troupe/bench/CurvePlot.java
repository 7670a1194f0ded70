package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import dev.troupe.bench.Trajectory.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws what runs had found by when: for each strategy the median over its runs as a line and the
 * quartiles as a band, a panel for each problem, as one self-contained SVG.
 */
public final class CurvePlot {

  /** What is drawn upwards. */
  public enum Quantity {
    /** The best value seen so far. */
    BEST,
    /** How far that is from the optimum; only of problems whose optimum is known. */
    REGRET
  }

  /**
   * How to draw.
   *
   * @param quantity what upwards
   * @param isLog whether upwards on a logarithmic scale, which leaves out what is not above zero
   */
  public record Style(Quantity quantity, boolean isLog) {

    /** Requires the quantity. */
    public Style {
      requireNonNull(quantity, "quantity");
    }
  }

  /** Points of a curve where runs are looked at; more could not be told apart. */
  private static final int POINTS = 200;

  private CurvePlot() {}

  /**
   * Returns the drawing.
   *
   * @param trajectories of any number of problems and strategies
   * @throws IllegalArgumentException if there is nothing to draw
   */
  public static String svg(List<Trajectory> trajectories, Style style) {
    var byProblem = new LinkedHashMap<String, Map<String, List<Trajectory>>>();
    for (Trajectory each : trajectories) {
      byProblem
          .computeIfAbsent(each.problem(), problem -> new LinkedHashMap<>())
          .computeIfAbsent(each.strategy(), strategy -> new ArrayList<>())
          .add(each);
    }
    Set<String> strategies = new LinkedHashSet<>();
    trajectories.forEach(each -> strategies.add(each.strategy()));
    var panels = new ArrayList<CurvePanel>();
    byProblem.forEach(
        (problem, runs) -> {
          CurvePanel panel = panel(problem, runs, style);
          if (!panel.curves().isEmpty()) {
            panels.add(panel);
          }
        });
    if (panels.isEmpty()) {
      throw new IllegalArgumentException(
          "There is nothing to draw: no run has a %s%s. Maybe --value %s."
              .formatted(
                  style.quantity() == Quantity.REGRET ? "regret" : "value",
                  style.isLog() ? " above zero" : "",
                  style.quantity() == Quantity.REGRET ? "best" : "regret"));
    }
    return SvgDrawing.of(panels, List.copyOf(strategies)).text();
  }

  private static CurvePanel panel(String problem, Map<String, List<Trajectory>> runs, Style style) {
    Horizon horizon = runs.values().iterator().next().get(0).horizon();
    var curves = new LinkedHashMap<String, List<CurvePanel.Point>>();
    runs.forEach(
        (strategy, own) -> {
          List<CurvePanel.Point> points = points(own, horizon, style);
          if (!points.isEmpty()) {
            curves.put(strategy, points);
          }
        });
    boolean byCount = horizon.unit() == Horizon.Unit.EVALUATIONS;
    return new CurvePanel(
        problem,
        byCount ? "evaluations" : "time in s",
        style.quantity() == Quantity.REGRET ? "regret" : "best value",
        style.isLog(),
        horizon.amount(),
        curves);
  }

  private static List<CurvePanel.Point> points(
      List<Trajectory> runs, Horizon horizon, Style style) {
    var points = new ArrayList<CurvePanel.Point>();
    boolean byCount = horizon.unit() == Horizon.Unit.EVALUATIONS;
    int count = byCount ? (int) Math.min(POINTS, horizon.amount()) : POINTS;
    for (int i = 1; i <= count; i++) {
      double at = horizon.amount() * i / count;
      double x = byCount ? Math.rint(at) : at;
      Summary summary = Summary.of(runs.stream().map(run -> value(run.at(x), style)).toList());
      // Where a run has no value yet, the median of the others would look too good.
      if (summary != null && summary.missing() == 0 && !(style.isLog() && summary.median() <= 0)) {
        points.add(new CurvePanel.Point(x, summary.median(), summary.q25(), summary.q75()));
      }
    }
    return points;
  }

  private static @Nullable Double value(@Nullable Step step, Style style) {
    if (step == null) {
      return null;
    }
    return style.quantity() == Quantity.REGRET ? step.regret() : step.best();
  }
}
