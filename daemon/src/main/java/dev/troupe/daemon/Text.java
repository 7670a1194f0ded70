package dev.troupe.daemon;

import dev.troupe.study.Instruction;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.WeightSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Numbers and metrics as people read them. */
final class Text {

  private Text() {}

  /** Returns a number with about four significant digits, without an exponent where possible. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double magnitude = Math.abs(value);
    if (value == Math.rint(value) && magnitude < 1e15) {
      return Long.toString((long) value);
    }
    if (magnitude < 1e-4 || magnitude >= 1e9) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(magnitude)));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  /** Returns {@code name value, …}, the objectives first. */
  static String metrics(Metrics metrics, List<Objective> objectives) {
    var parts = new ArrayList<String>();
    for (Objective objective : objectives) {
      if (metrics.has(objective.metric())) {
        parts.add(part(objective.metric(), metrics.get(objective.metric())));
      }
    }
    for (Map.Entry<String, Double> metric : metrics.numbers().entrySet()) {
      if (objectives.stream().noneMatch(known -> known.metric().equals(metric.getKey()))) {
        parts.add(part(metric.getKey(), metric.getValue()));
      }
    }
    return String.join(", ", parts);
  }

  private static String part(String name, double value) {
    return name + " " + number(value);
  }

  /** Returns where weights come from, in a word. */
  static String source(WeightSource weights) {
    if (weights instanceof WeightSource.Checkpoint) {
      return "checkpoint";
    }
    if (weights instanceof WeightSource.Parent) {
      return "parent";
    }
    return weights instanceof WeightSource.Partial ? "partial" : "fresh";
  }

  /** Returns {@code 12 s}, {@code 3:05 min} or {@code 2:07 h}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return seconds < 10 ? String.format(Locale.ROOT, "%.1f s", seconds) : whole + " s";
    }
    return whole < 3600
        ? "%d:%02d min".formatted(whole / 60, whole % 60)
        : "%d:%02d h".formatted(whole / 3600, whole / 60 % 60);
  }

  /** Returns what an instruction asks for, as it follows "to". */
  static String instruction(Instruction instruction) {
    if (instruction instanceof Instruction.Pause) {
      return "pause";
    } else if (instruction instanceof Instruction.Resume) {
      return "go on";
    } else if (instruction instanceof Instruction.Stop stop) {
      return stop.now() ? "stop now" : "stop when its running trials have ended";
    } else if (instruction instanceof Instruction.Extend extend) {
      return "extend its budget to " + extend.limits().describe();
    } else if (instruction instanceof Instruction.Parallelism parallelism) {
      return "keep %s in flight".formatted(count(parallelism.trials(), "trial"));
    }
    return "evaluate " + ((Instruction.Enqueue) instruction).candidate();
  }

  /** Returns {@code n things}, in the singular for one. */
  static String count(long n, String thing) {
    return n + " " + thing + (n == 1 ? "" : "s");
  }
}
