package dev.troupe.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows as lines of JSON, whose keys have a fixed order. */
public final class QualityJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private QualityJson() {}

  /**
   * Returns a row in one line.
   *
   * @param baseline the row that it is tested against, or null
   * @param timing whether to tell what took real time, which differs from one time to the next
   */
  public static String line(Row row, @Nullable Row baseline, boolean timing) {
    return write(node(row, baseline, timing));
  }

  /**
   * Returns, in one line, a row on a replayed study, with what the recorded search had found.
   *
   * @param timing whether to tell what took real time, which differs from one time to the next
   */
  public static String replayLine(Row row, Replay replay, boolean timing) {
    ObjectNode node = node(row, null, timing);
    node.putObject("recorded-search")
        .put("trials", replay.size())
        .put("best", replay.bestValue())
        .put("evaluations-to-best", replay.evaluationsToBest());
    return write(node);
  }

  private static void comparison(ObjectNode node, @Nullable Double pValue, Row baseline) {
    if (pValue != null) {
      node.put("p-value", pValue);
      node.put("baseline", baseline.strategy());
    }
  }

  private static ObjectNode node(Row row, @Nullable Row baseline, boolean timing) {
    ObjectNode node = JSON.createObjectNode();
    node.put("problem", row.problem());
    node.put("strategy", row.strategy());
    if (row.isRecorded()) {
      node.put("recorded", true);
    }
    node.put("seeds", row.runs().size());
    if (row.hasValues()) {
      series(node, row, row::values);
    }
    if (row.hasRegrets()) {
      series(node.putObject("regret"), row, row::regrets);
    }
    Row.Test test = row.test();
    if (test != null) {
      node.putObject("test").put("mean", test.mean()).put("sd", test.sd());
    }
    if (row.target() != null) {
      Summary reached = row.reached();
      ObjectNode target = node.putObject("to-target");
      target.put("reached", reached == null ? 0 : reached.count());
      target.put("median", reached == null ? null : (Double) reached.median());
      target.put("mean", reached == null ? null : (Double) reached.mean());
    }
    if (baseline != null) {
      comparison(node, row.pValue(baseline), baseline);
    }
    Row.Effort effort = row.effort();
    if (timing && effort != null) {
      node.put("ms-per-suggestion", effort.millisPerSuggestion());
      node.put("cpu-ms-per-suggestion", effort.cpuMillisPerSuggestion());
      node.put("wall-seconds", effort.seconds());
    }
    return node;
  }

  private static void series(ObjectNode node, Row row, IntFunction<@Nullable Summary> summaries) {
    ObjectNode at = node.putObject("at");
    for (int i = 0; i < row.end(); i++) {
      summary(at.putObject(row.labels().get(i)), summaries.apply(i), row.runs().size());
    }
    summary(node.putObject("final"), summaries.apply(row.end()), row.runs().size());
  }

  private static void summary(ObjectNode node, @Nullable Summary summary, int runs) {
    if (summary == null) {
      node.putNull("median").putNull("q25").putNull("q75").putNull("mean").put("missing", runs);
      return;
    }
    node.put("median", summary.median());
    node.put("q25", summary.q25());
    node.put("q75", summary.q75());
    node.put("mean", summary.mean());
    if (summary.missing() > 0) {
      node.put("missing", summary.missing());
    }
  }

  private static String write(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values can always be written.", e);
    }
  }
}
