package dev.troupe.estimator;

import dev.troupe.settings.Settings;
import dev.troupe.study.FidelityRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a study file says that a program, which cannot be asked, can spend less of. */
public final class DeclaredFidelities {

  private static final String KEY = "fidelity";
  private static final String MAIN = "epochs";

  private DeclaredFidelities() {}

  /**
   * Reads the block {@code fidelity { epochs { low = 1, high = 50 }, data { low = 0.1, high = 1 }
   * }}.
   *
   * @param settings of the estimator
   * @return {@code epochs} first, the others by name; none if there is no such block
   * @throws IllegalArgumentException if a range is missing or wrong
   */
  public static List<FidelityRange> read(Settings settings) {
    Settings block = settings.getSettings(KEY);
    var ranges = new ArrayList<FidelityRange>();
    for (String axis : block.keys()) {
      Settings range = block.getSettings(axis);
      range.requireKnown(List.of("low", "high"));
      if (!range.has("low") || !range.has("high")) {
        throw block.refuse(
            axis, "must have a low and a high amount, such as { low = 1, high = 50 }");
      }
      double low = range.getDouble("low", 1, Double.MIN_NORMAL, Double.MAX_VALUE);
      ranges.add(new FidelityRange(axis, low, range.getDouble("high", low, low, Double.MAX_VALUE)));
    }
    Comparator<FidelityRange> mainFirst = Comparator.comparing(range -> !range.axis().equals(MAIN));
    ranges.sort(mainFirst.thenComparing(FidelityRange::axis));
    return List.copyOf(ranges);
  }
}
