package dev.troupe.estimator.table;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedCost;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.settings.Nearest;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks candidates up in a table of known results; see the package. Finding the row of a candidate
 * takes constant time, finding the nearest one time in proportion to the rows. Immutable and thread
 * safe.
 */
final class TableEstimator implements SimulatedEstimator {

  /** A strategy's fractions of an amount need not add up in the last places. */
  private static final double ROUNDING = 1e-9;

  private final TableSettings settings;
  private final String table;
  private final Columns columns;
  private final CandidateIndex index;
  private final Results results;
  private final List<Series> objectives;
  private final boolean takesNearest;
  private final @Nullable Candidates candidates;

  /**
   * Sorts a table by the configurations of a space.
   *
   * @throws IllegalArgumentException if an objective is no metric of the table, or no row lies in
   *     the space
   */
  TableEstimator(
      TableSettings settings, TableData data, SearchSpace space, List<Objective> objectives) {
    this.settings = settings;
    this.columns = data.columns().withoutTexts();
    this.table = columns.file();
    this.results = new Results(settings, columns);
    this.objectives = objectives.stream().map(each -> required(each.metric())).toList();
    this.index = new CandidateIndex(data, space);
    this.takesNearest = settings.lookup() == TableSettings.Lookup.NEAREST;
    this.candidates = rowsOnly();
  }

  private Series required(String metric) {
    return find(results.metrics(), metric)
        .orElseThrow(
            () -> {
              List<String> names = results.metrics().stream().map(Series::name).toList();
              return new IllegalArgumentException(
                  "Table '%s' reports no metric '%s'. %s"
                      .formatted(table, metric, Nearest.hint(metric, names)));
            });
  }

  private static Optional<Series> find(List<Series> all, String metric) {
    return all.stream().filter(series -> series.name().equals(metric)).findFirst();
  }

  private @Nullable Candidates rowsOnly() {
    TableSettings.Lookup lookup = settings.lookup();
    boolean byRow = lookup == null ? !index.isComplete() : lookup == TableSettings.Lookup.ROWS;
    if (!byRow) {
      return null;
    }
    List<Configuration> rows = index.candidates();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "Table '%s': no row obeys the conditions and constraints of the space. Maybe space = infer."
              .formatted(table));
    }
    return new Candidates(rows, settings.passes());
  }

  @Override
  public List<FidelityRange> fidelities() {
    return results.fidelities();
  }

  @Override
  public Optional<Candidates> candidates() {
    return Optional.ofNullable(candidates);
  }

  @Override
  public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
    Configuration candidate = suggestion.candidate();
    requireKnown(suggestion.fidelity());
    int[] rows = results.grid().rows(index.rows(locate(candidate)), suggestion.fidelity());
    long[] steps = results.steps(rows);
    int points = points(suggestion.fidelity(), steps);
    Trace trace = new Trace(results, choose(rows, evaluation), points);
    double[] seconds = trace.seconds(secondsOfPoint(candidate), settings.cumulativeCost());
    for (int point = 0; point < points; point++) {
      String problem = trace.costProblem(point);
      if (problem == null) {
        problem = trace.problem(objectives, point);
      }
      if (problem != null) {
        List<Playback.Point> before =
            steps.length == 0 ? List.of() : trace.reports(steps, seconds, point);
        return new Playback(before, Metrics.none(), problem, seconds[point]);
      }
    }
    return steps.length == 0
        ? Playback.of(trace.metrics(0), seconds[0])
        : Playback.of(trace.reports(steps, seconds, points));
  }

  private int locate(Configuration candidate) {
    int group = index.find(candidate);
    if (group >= 0) {
      return group;
    }
    int nearest = index.nearest(candidate);
    if (takesNearest) {
      return nearest;
    }
    throw new IllegalArgumentException(
        "Table '%s' must have a row for each candidate, but has none for %s: the nearest is %s in line %d. Maybe lookup = nearest or lookup = rows."
            .formatted(
                table,
                candidate,
                index.configuration(nearest),
                columns.line(index.firstRow(nearest))));
  }

  private int[] fullRows(int group) {
    return results.grid().rows(index.rows(group), Fidelity.full());
  }

  private void requireKnown(Fidelity fidelity) {
    FidelityAxis axis = settings.axis();
    for (String name : fidelity.axes().keySet()) {
      boolean isAxis = axis != null && axis.name().equals(name);
      if (!isAxis && !settings.grid().containsKey(name)) {
        throw new IllegalArgumentException(
            "Table '%s' has no fidelity '%s'. Maybe set fidelity { %s { from = 1, to = 50 } }, or use a strategy without it."
                .formatted(table, name, name));
      }
    }
  }

  /** How many steps an evaluation has, at least one: a table has nothing cheaper than its first. */
  private int points(Fidelity fidelity, long[] steps) {
    FidelityAxis axis = settings.axis();
    if (axis == null) {
      return 1;
    }
    double amount = fidelity.amount(axis.name(), Double.POSITIVE_INFINITY);
    long within = LongStream.of(steps).filter(step -> step <= amount + ROUNDING).count();
    return (int) Math.max(1, within);
  }

  /** Draws a repeat, or takes all: those that are not blank, if there is one. */
  private List<Run> choose(int[] rows, Evaluation evaluation) {
    List<Run> all = results.runs(rows);
    List<Run> recorded = all.stream().filter(this::isRecorded).toList();
    List<Run> choices = recorded.isEmpty() ? all : recorded;
    if (settings.mean() || choices.size() == 1) {
      return choices;
    }
    return List.of(choices.get(evaluation.random("repeat").nextInt(choices.size())));
  }

  private boolean isRecorded(Run run) {
    for (Series series : objectives) {
      int first = run.has(series, 0) ? 0 : run.points() - 1;
      if (run.isBlank(series, first)) {
        return false;
      }
    }
    return true;
  }

  private double secondsOfPoint(Configuration candidate) {
    SimulatedCost simulated = settings.simulatedCost();
    return simulated == null ? 0 : simulated.seconds(candidate);
  }

  @Override
  public OptionalDouble expected(Configuration candidate, String metric) {
    Optional<Series> series = find(results.metrics(), metric);
    int group = index.find(candidate);
    if (group < 0 && takesNearest) {
      group = index.nearest(candidate);
    }
    return series.isEmpty() || group < 0
        ? OptionalDouble.empty()
        : results.mean(series.get(), fullRows(group));
  }

  @Override
  public OptionalDouble optimum(Objective objective) {
    Optional<Series> series = find(results.metrics(), objective.metric());
    OptionalDouble best = OptionalDouble.empty();
    for (int group = 0; series.isPresent() && group < index.size(); group++) {
      OptionalDouble mean = results.mean(series.get(), fullRows(group));
      boolean isBetter =
          mean.isPresent()
              && (best.isEmpty()
                  || objective.direction().isBetter(mean.getAsDouble(), best.getAsDouble()));
      if (isBetter && index.isInSpace(group)) {
        best = mean;
      }
    }
    return best;
  }

  @Override
  public Metrics test(EndedTrial best, Evaluation evaluation) {
    Configuration candidate = best.candidate();
    if (candidate == null || results.report().isEmpty()) {
      return Metrics.none();
    }
    int[] rows = fullRows(locate(candidate));
    var values = new LinkedHashMap<String, Double>();
    for (Series series : results.report()) {
      results.mean(series, rows).ifPresent(mean -> values.put(series.name(), mean));
    }
    return Metrics.of(values);
  }
}
