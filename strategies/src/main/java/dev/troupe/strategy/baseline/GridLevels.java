package dev.troupe.strategy.baseline;

import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.Scale;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** The values of one parameter that a grid visits. */
final class GridLevels {

  /** So many digits are exact in a double: a level reads 0.001, not 0.0010000000000000002. */
  private static final MathContext DIGITS = new MathContext(15);

  private GridLevels() {}

  /** Returns whether the number of levels of a parameter can be chosen. */
  static boolean isNumeric(Parameter parameter) {
    return parameter instanceof FloatParameter || parameter instanceof IntParameter;
  }

  /**
   * Returns up to {@code count} levels, evenly spaced on the parameter's scale from bound to bound
   * and moved to the nearest valid value; all values of a parameter that has no more, and of one
   * that is not a number. A single level is in the middle.
   */
  static List<Object> of(Parameter parameter, int count) {
    OptionalLong cardinality = parameter.cardinality();
    if (!isNumeric(parameter) || cardinality.orElse(Long.MAX_VALUE) <= count) {
      var all = new ArrayList<Object>();
      for (long i = 0; i < cardinality.orElseThrow(); i++) {
        all.add(parameter.value(i));
      }
      return all;
    }
    if (parameter instanceof IntParameter whole) {
      double low = whole.low(); // exact: bounds lie within 2^52
      double high = whole.high();
      double step = whole.step();
      return stepped(count, low, high, whole.scale(), step, whole::value);
    }
    var real = (FloatParameter) parameter;
    Double distance = real.step();
    return distance == null
        ? continuous(count, real)
        : stepped(count, real.low(), real.high(), real.scale(), distance, real::value);
  }

  private static List<Object> continuous(int count, FloatParameter real) {
    var levels = new LinkedHashSet<Object>();
    for (int i = 0; i < count; i++) {
      double level = level(i, count, real.low(), real.high(), real.scale());
      double rounded = new BigDecimal(level).round(DIGITS).doubleValue();
      levels.add(Math.max(real.low(), Math.min(real.high(), rounded)) + 0.0);
    }
    return List.copyOf(levels);
  }

  private static List<Object> stepped(
      int count, double low, double high, Scale scale, double step, LongFunction<Object> value) {
    var levels = new LinkedHashSet<Object>();
    for (int i = 0; i < count; i++) {
      levels.add(value.apply(Math.round((level(i, count, low, high, scale) - low) / step)));
    }
    return List.copyOf(levels);
  }

  private static double level(int i, int count, double low, double high, Scale scale) {
    if (count > 1 && (i == 0 || i == count - 1)) {
      return i == 0 ? low : high;
    }
    double fraction = count == 1 ? 0.5 : (double) i / (count - 1);
    return scale == Scale.LINEAR
        ? low + fraction * (high - low)
        : low * StrictMath.pow(high / low, fraction);
  }
}
