package dev.troupe.space;

import java.util.ArrayList;
import java.util.List;

/** Lists of values of one parameter. */
final class ParameterValues {

  private ParameterValues() {}

  /** Returns every value of a countable parameter. */
  static List<Object> all(Parameter parameter) {
    long count = parameter.cardinality().orElseThrow();
    var values = new ArrayList<Object>(Math.toIntExact(count));
    for (long i = 0; i < count; i++) {
      values.add(parameter.value(i));
    }
    return values;
  }

  /**
   * Returns {@code value} in the normal type of the parameter, where it means one of its values.
   */
  static Object adapt(Parameter parameter, Object value) {
    if (!(value instanceof Number number)) {
      return value;
    }
    if (parameter instanceof FloatParameter real) {
      return real.snap(number.doubleValue());
    }
    if (parameter instanceof IntParameter && value instanceof Double whole) {
      boolean isWhole = whole == Math.rint(whole) && Math.abs(whole) < 1L << 53;
      return isWhole ? (Object) whole.longValue() : value;
    }
    if (parameter instanceof CategoricalParameter categorical && !parameter.contains(value)) {
      for (Object choice : categorical.choices()) {
        if (choice instanceof Number known && known.doubleValue() == number.doubleValue()) {
          return choice;
        }
      }
    }
    return value;
  }

  /** Returns the other choices: all of them, or the adjacent ones of an ordered parameter. */
  static List<Object> otherChoices(CategoricalParameter parameter, Object current) {
    var others = new ArrayList<Object>(parameter.choices());
    if (parameter.ordered()) {
      int index = others.indexOf(current);
      return List.copyOf(
          others.subList(Math.max(0, index - 1), Math.min(others.size(), index + 2)));
    }
    others.remove(current);
    return others;
  }

  /** Returns the values one step below and above a number, as far as there are any. */
  static List<Object> adjacent(Parameter parameter, Object current) {
    var values = new ArrayList<Object>();
    if (parameter instanceof IntParameter whole) {
      values.add((Long) current - whole.step());
      values.add((Long) current + whole.step());
    } else if (parameter instanceof FloatParameter real && real.step() != null) {
      long index = real.nearestIndex((Double) current, real.step());
      long last = real.cardinality().orElseThrow() - 1;
      if (index > 0) {
        values.add(real.value(index - 1));
      }
      if (index < last) {
        values.add(real.value(index + 1));
      }
    }
    values.removeIf(value -> !parameter.contains(value));
    return values;
  }

  /** Returns the point of the unit interval whose value comes nearest to {@code number}. */
  static double clampToUnit(Parameter parameter, double number) {
    if (parameter instanceof FloatParameter real) {
      return number <= real.low() ? 0 : number >= real.high() ? 1 : nearest(real, number);
    }
    if (parameter instanceof IntParameter whole) {
      if (number <= whole.low()) {
        return 0;
      }
      if (number >= whole.high()) {
        return 1;
      }
      long steps = Math.round((number - whole.low()) / whole.step());
      return whole.encode(whole.low() + steps * whole.step());
    }
    return 0.5;
  }

  private static double nearest(FloatParameter real, double number) {
    Double step = real.step();
    if (step == null) {
      return real.encode(number);
    }
    return real.encode(real.value(real.nearestIndex(number, step)));
  }
}
