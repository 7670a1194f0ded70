package dev.troupe.daemon;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands that compare strategies are given. */
final class BenchArguments {

  @Option(
      names = "--budget",
      paramLabel = "B",
      description =
          "how far a run goes: trials, or virtual time with a unit, as in 20000s or 5h"
              + " (default: each problem's own)")
  private @Nullable String budget;

  @Option(
      names = "--workers",
      paramLabel = "W",
      description = "trials that a run keeps in flight (default: each problem's own)")
  private @Nullable Integer workers;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "runs at the same time; on the virtual clock they find the same (default: the"
              + " processors for suites, else 1)")
  private @Nullable Integer threads;

  @Option(names = "--json", description = "lines of JSON; nothing else on standard output")
  private boolean json;

  /** Returns how many runs to do at the same time. */
  int threads(int fallback) {
    return threads == null ? fallback : threads;
  }

  boolean json() {
    return json;
  }

  /** Returns what replaces the strategy of a study file as a whole. */
  static List<String> strategy(String name) {
    return List.of("strategy=null", "strategy.name=\"%s\"".formatted(name), "ledger=memory");
  }

  /** Returns what these arguments change in a study file. */
  List<String> overrides() {
    var overrides = new ArrayList<String>();
    if (budget != null) {
      overrides.add("budget=null");
      overrides.add(budget(budget.strip()));
    }
    if (workers != null) {
      overrides.add("study.parallelism=" + workers);
    }
    return overrides;
  }

  private static String budget(String text) {
    if (text.matches("[0-9]{1,18}") && Long.parseLong(text) > 0) {
      return "budget.trials=" + text;
    }
    if (text.matches("[0-9]+([.][0-9]+)? ?(ms|s|m|h|d)") && text.matches(".*[1-9].*")) {
      return "budget.virtual-time=\"%s\"".formatted(text);
    }
    throw new IllegalArgumentException(
        "--budget must be a number of trials or a time with a unit (s, m, h, d), both above 0, but was '%s'. Maybe 100, or 5h."
            .formatted(text));
  }
}
