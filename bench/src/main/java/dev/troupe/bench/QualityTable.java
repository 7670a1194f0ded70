package dev.troupe.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a problem as tables for people: of values and, where the optimum is known, regrets.
 */
public final class QualityTable {

  private static final String ABSENT = "-";

  private QualityTable() {}

  /** What runs have in common at a checkpoint. */
  @FunctionalInterface
  private interface Series extends BiFunction<Row, Integer, @Nullable Summary> {}

  /**
   * Returns the tables of a problem, which end with a line break.
   *
   * @param rows all of the same problem, at least one
   * @param horizon the problem's
   * @param timing whether to tell what took real time
   */
  public static String of(List<Row> rows, Horizon horizon, boolean timing) {
    return of(rows, horizon, null, timing);
  }

  /**
   * Returns the tables of a problem, which end with a line break.
   *
   * @param rows all of the same problem, at least one
   * @param horizon the problem's
   * @param baseline the strategy that the others are tested against; null for {@code random}
   * @param timing whether to tell what took real time
   */
  public static String of(
      List<Row> rows, Horizon horizon, @Nullable String baseline, boolean timing) {
    String reference = baseline == null ? QualityBenchmark.DEFAULT_BASELINE : baseline;
    Row first = rows.get(0);
    var text = new StringBuilder();
    text.append(
        "%s: %s %s, %s; best value seen so far, median [quartiles]%n"
            .formatted(
                first.problem(),
                first.objective().direction().name().toLowerCase(Locale.ROOT),
                first.objective().metric(),
                horizon));
    List<Row> withValues = rows.stream().filter(Row::hasValues).toList();
    if (!withValues.isEmpty()) {
      text.append(values(withValues, reference, baseline(rows, reference), timing));
    }
    List<Row> withRegrets = rows.stream().filter(Row::hasRegrets).toList();
    if (!withRegrets.isEmpty()) {
      text.append("  regret of the best value seen so far, median [quartiles]\n");
      text.append(regrets(withRegrets));
    }
    if (rows.stream().anyMatch(QualityTable::isMissing)) {
      text.append("  (n): so many runs had no value yet and are left out\n");
    }
    if (rows.stream().anyMatch(Row::isRecorded)) {
      text.append("  *: recorded runs of another system\n");
    }
    return text.toString();
  }

  private static @Nullable Row baseline(List<Row> rows, String reference) {
    return rows.stream()
        .filter(row -> !row.isRecorded() && row.strategy().equals(reference))
        .findFirst()
        .orElse(null);
  }

  private static boolean isMissing(Row row) {
    for (int i = 0; i <= row.end(); i++) {
      Summary values = row.values(i);
      Summary regrets = row.regrets(i);
      if (values != null && values.missing() > 0 || regrets != null && regrets.missing() > 0) {
        return true;
      }
    }
    return false;
  }

  private static String values(
      List<Row> rows, String reference, @Nullable Row baseline, boolean timing) {
    Row first = rows.get(0);
    boolean hasTest = rows.stream().anyMatch(row -> row.test() != null);
    List<Integer> shown = shown(rows, Row::values);
    List<String> header = header(first, shown);
    if (hasTest) {
      header.add("test: mean (sd)");
    }
    if (first.target() != null) {
      header.add("evaluations to " + Numbers.brief(first.target()));
    }
    header.add("p against " + reference);
    if (timing) {
      header.add("ms/suggestion");
      header.add("CPU ms");
    }
    var lines = new ArrayList<List<String>>();
    lines.add(header);
    for (Row row : rows) {
      List<String> line = line(row, shown, Row::values);
      if (hasTest) {
        line.add(test(row.test()));
      }
      if (first.target() != null) {
        line.add(reached(row));
      }
      Double pValue = baseline == null ? null : row.pValue(baseline);
      line.add(pValue == null ? ABSENT : Numbers.brief(pValue));
      if (timing) {
        Row.Effort effort = row.effort();
        line.add(effort == null ? ABSENT : Numbers.fixed(effort.millisPerSuggestion(), 3));
        line.add(effort == null ? ABSENT : Numbers.fixed(effort.cpuMillisPerSuggestion(), 3));
      }
      lines.add(line);
    }
    return align(lines);
  }

  private static String regrets(List<Row> rows) {
    List<Integer> shown = shown(rows, Row::regrets);
    var lines = new ArrayList<List<String>>();
    lines.add(header(rows.get(0), shown));
    for (Row row : rows) {
      lines.add(line(row, shown, Row::regrets));
    }
    return align(lines);
  }

  /** Returns the checkpoints to show: the end only where the last checkpoint is not the same. */
  private static List<Integer> shown(List<Row> rows, Series series) {
    int end = rows.get(0).end();
    var shown = new ArrayList<Integer>();
    for (int i = 0; i < end; i++) {
      shown.add(i);
    }
    for (Row row : rows) {
      Summary last = series.apply(row, end);
      if (last != null && !last.equals(series.apply(row, end - 1))) {
        shown.add(end);
        break;
      }
    }
    return shown;
  }

  private static List<String> header(Row row, List<Integer> shown) {
    var header = new ArrayList<String>(List.of("  strategy", "seeds"));
    for (int i : shown) {
      header.add(i < row.end() ? "at " + row.labels().get(i) : "end");
    }
    return header;
  }

  private static List<String> line(Row row, List<Integer> shown, Series series) {
    var line = new ArrayList<String>();
    line.add("  " + row.label());
    line.add(Integer.toString(row.runs().size()));
    for (int i : shown) {
      line.add(quartiles(series.apply(row, i)));
    }
    return line;
  }

  private static String quartiles(@Nullable Summary summary) {
    if (summary == null) {
      return ABSENT;
    }
    return "%s [%s, %s]%s"
        .formatted(
            Numbers.brief(summary.median()),
            Numbers.brief(summary.q25()),
            Numbers.brief(summary.q75()),
            summary.missing() == 0 ? "" : " (" + summary.missing() + ")");
  }

  private static String test(Row.@Nullable Test test) {
    return test == null
        ? ABSENT
        : "%s (%s)".formatted(Numbers.brief(test.mean()), Numbers.brief(test.sd()));
  }

  private static String reached(Row row) {
    Summary reached = row.reached();
    return reached == null
        ? "none of %d".formatted(row.runs().size())
        : "%s in %d of %d"
            .formatted(Numbers.brief(reached.median()), reached.count(), row.runs().size());
  }

  private static String align(List<List<String>> lines) {
    int columns = lines.get(0).size();
    var widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> line : lines) {
      var padded = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        padded.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
