package dev.troupe.monitoring.report;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.Scale;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the parameters of a study: from its space if that is at hand, else from the values of its
 * trials and what the record says in words.
 */
final class Columns {

  private static final Pattern NAME = Pattern.compile("^(\\S+): ", Pattern.MULTILINE);
  private static final Pattern LOG = Pattern.compile("^(\\S+): log$", Pattern.MULTILINE);

  private static final double WIDE = 50;

  private Columns() {}

  /** Returns a column for each parameter that is active in any of the trials, in order. */
  static List<Column> of(ReportedStudy study, List<ReportedTrial> trials) {
    var columns = new ArrayList<Column>();
    for (String name : names(study, trials)) {
      columns.add(column(study, name, trials));
    }
    return columns;
  }

  private static List<String> names(ReportedStudy study, List<ReportedTrial> trials) {
    Set<String> seen = new LinkedHashSet<>();
    for (ReportedTrial trial : trials) {
      Configuration candidate = trial.candidate();
      if (candidate != null) {
        seen.addAll(candidate.names());
      }
    }
    SearchSpace space = study.space();
    List<String> order = space == null ? recorded(NAME, study, "space") : space.names();
    var names = new ArrayList<String>(seen);
    names.sort(
        Comparator.comparingInt(
            name -> order.contains(name) ? order.indexOf(name) : Integer.MAX_VALUE));
    return names;
  }

  private static List<String> recorded(Pattern pattern, ReportedStudy study, String setting) {
    return pattern
        .matcher(study.definition(setting))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static Column column(ReportedStudy study, String name, List<ReportedTrial> trials) {
    var values = new Object[trials.size()];
    for (int i = 0; i < values.length; i++) {
      Configuration candidate = trials.get(i).candidate();
      Object value = candidate == null ? null : candidate.find(name);
      values[i] = value == null ? "" : value; // no choice is empty
    }
    List<String> choices = choices(study, name, values);
    Map<String, Integer> indices = new HashMap<>();
    choices.forEach(choice -> indices.put(choice, indices.size()));
    var numbers = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i].equals("")) {
        numbers[i] = Double.NaN;
      } else {
        numbers[i] =
            choices.isEmpty()
                ? ((Number) values[i]).doubleValue()
                : indices.getOrDefault(Results.text(values[i]), 0);
      }
    }
    return new Column(name, isLog(study, name, choices.isEmpty(), numbers), choices, numbers);
  }

  private static boolean isLog(
      ReportedStudy study, String name, boolean isNumber, double[] values) {
    SearchSpace space = study.space();
    if (space == null || !space.has(name)) {
      if (study.definition("scales").isEmpty()) {
        return isNumber && isWide(values);
      }
      Matcher matcher = LOG.matcher(study.definition("scales"));
      return matcher.results().anyMatch(found -> found.group(1).equals(name));
    }
    Parameter parameter = space.parameter(name);
    return parameter instanceof FloatParameter real && real.scale() == Scale.LOG
        || parameter instanceof IntParameter whole && whole.scale() == Scale.LOG;
  }

  /**
   * Older records do not tell the scales, and values from so far apart are seldom on a linear one.
   */
  private static boolean isWide(double[] values) {
    double low = Arrays.stream(values).filter(value -> !Double.isNaN(value)).min().orElse(0);
    double high = Arrays.stream(values).filter(value -> !Double.isNaN(value)).max().orElse(0);
    return low > 0 && high / low >= WIDE;
  }

  /** Returns the choices of a categorical parameter, or nothing for numbers. */
  private static List<String> choices(ReportedStudy study, String name, Object[] values) {
    SearchSpace space = study.space();
    Set<String> choices = new LinkedHashSet<>();
    if (space != null
        && space.has(name)
        && space.parameter(name) instanceof CategoricalParameter categorical) {
      categorical.choices().forEach(choice -> choices.add(Results.text(choice)));
    }
    boolean areNumbers = choices.isEmpty();
    Set<String> found = new LinkedHashSet<>();
    for (Object value : values) {
      if (!value.equals("")) {
        areNumbers &= value instanceof Number;
        found.add(Results.text(value));
      }
    }
    if (areNumbers) {
      return List.of();
    }
    found.stream().sorted().forEach(choices::add);
    return List.copyOf(choices);
  }
}
