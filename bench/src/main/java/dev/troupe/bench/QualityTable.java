package dev.troupe.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The rows of a problem as a table for people. */
public final class QualityTable {

  private static final String ABSENT = "-";

  private QualityTable() {}

  /**
   * Returns the table of a problem, which ends with a line break.
   *
   * @param rows all of the same problem, at least one
   * @param horizon the problem's
   * @param timing whether to tell what took real time
   */
  public static String of(List<Row> rows, Horizon horizon, boolean timing) {
    Row first = rows.get(0);
    var text = new StringBuilder();
    text.append(
        "%s: %s %s, %s%n"
            .formatted(
                first.problem(),
                first.objective().direction().name().toLowerCase(Locale.ROOT),
                first.objective().metric(),
                horizon));
    text.append(table(rows, timing));
    if (rows.stream().anyMatch(QualityTable::isMissing)) {
      text.append("  (n): so many runs had no value yet and are left out\n");
    }
    if (rows.stream().anyMatch(Row::isRecorded)) {
      text.append("  *: recorded runs of another system\n");
    }
    return text.toString();
  }

  private static String table(List<Row> rows, boolean timing) {
    var cells = new ArrayList<List<String>>();
    cells.add(header(rows, timing));
    Row baseline =
        rows.stream()
            .filter(row -> !row.isRecorded())
            .filter(row -> row.strategy().equals(QualityBenchmark.BASELINE))
            .findFirst()
            .orElse(null);
    for (Row row : rows) {
      cells.add(line(rows, row, baseline, timing));
    }
    return align(cells);
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

  private static List<String> header(List<Row> rows, boolean timing) {
    var header = new ArrayList<String>(List.of("  strategy", "seeds"));
    Row first = rows.get(0);
    for (int i : shown(rows)) {
      header.add(
          (i < first.end() ? "at " + first.labels().get(i) : "end") + ": median [quartiles]");
    }
    if (rows.stream().anyMatch(Row::hasRegrets)) {
      header.add("regret at the end");
    }
    if (rows.stream().anyMatch(row -> row.test() != null)) {
      header.add("test: mean (sd)");
    }
    if (first.target() != null) {
      header.add("evaluations to " + Numbers.brief(first.target()));
    }
    header.add("p against " + QualityBenchmark.BASELINE);
    if (timing) {
      header.add("ms/suggestion");
    }
    return header;
  }

  /** Returns the checkpoints to show: the end only where the last checkpoint is not the same. */
  private static List<Integer> shown(List<Row> rows) {
    int end = rows.get(0).end();
    var shown = new ArrayList<Integer>();
    for (int i = 0; i <= end; i++) {
      int index = i;
      if (i < end || rows.stream().anyMatch(row -> differs(row, index))) {
        shown.add(i);
      }
    }
    return shown;
  }

  private static boolean differs(Row row, int end) {
    Summary last = row.values(end);
    return last != null && !last.equals(row.values(end - 1));
  }

  private static List<String> line(
      List<Row> rows, Row row, @Nullable Row baseline, boolean timing) {
    var line = new ArrayList<String>();
    line.add("  " + row.strategy() + (row.isRecorded() ? " *" : ""));
    line.add(Integer.toString(row.runs().size()));
    for (int i : shown(rows)) {
      line.add(quartiles(row, Row::values, i));
    }
    if (rows.stream().anyMatch(Row::hasRegrets)) {
      line.add(quartiles(row, Row::regrets, row.end()));
    }
    if (rows.stream().anyMatch(each -> each.test() != null)) {
      line.add(test(row.test()));
    }
    if (rows.get(0).target() != null) {
      line.add(reached(row));
    }
    Double pValue =
        baseline == null || baseline.equals(row) || row.isRecorded() ? null : row.pValue(baseline);
    line.add(pValue == null ? ABSENT : Numbers.brief(pValue));
    if (timing) {
      Row.Effort effort = row.effort();
      line.add(effort == null ? ABSENT : Numbers.fixed(effort.millisPerSuggestion(), 3));
    }
    return line;
  }

  private static String quartiles(
      Row row, BiFunction<Row, Integer, @Nullable Summary> summaries, int checkpoint) {
    Summary summary = summaries.apply(row, checkpoint);
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
    if (row.target() == null) {
      return ABSENT;
    }
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
