package dev.troupe.architecture.draw;

import dev.troupe.architecture.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a drawing says in words. */
final class Described {

  private static final String[] UNITS = {"", "thousand", "million", "billion", "trillion"};

  private Described() {}

  /** Returns a line for each of some layers: its name, and what it is. */
  static String layers(Architecture architecture, List<Integer> layers) {
    var lines = new ArrayList<String>();
    for (int layer : layers) {
      long parameters = architecture.parameters(layer);
      lines.add(
          "%s: %s, %s%s"
              .formatted(
                  architecture.nodes().get(layer).name(),
                  architecture.layer(layer).label(),
                  architecture.shape(layer),
                  parameters == 0 ? "" : ", " + count(parameters, "parameter")));
    }
    return String.join("\n", lines);
  }

  /** Returns the size of a network: {@code 12.3 thousand parameters, 1.2 million multiply-adds}. */
  static String size(Architecture architecture) {
    return count(architecture.parameters(), "parameter")
        + ", "
        + count(architecture.multiplyAdds(), "multiply-add");
  }

  private static String count(long value, String what) {
    return amount(value) + " " + what + (value == 1 ? "" : "s");
  }

  /** Returns a number with three digits or all of them, whichever is shorter. */
  private static String amount(long value) {
    double rest = value;
    int unit = 0;
    while (rest >= 999.5 && unit + 1 < UNITS.length) {
      rest /= 1000;
      unit++;
    }
    if (unit <= 1) {
      return String.format(Locale.ROOT, "%,d", value);
    }
    int decimals = rest < 9.995 ? 2 : rest < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", rest, UNITS[unit]);
  }
}
