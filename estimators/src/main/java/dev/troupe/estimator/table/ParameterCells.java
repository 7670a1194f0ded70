package dev.troupe.estimator.table;

import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which value of a parameter a cell means: choices by text or by number, numbers as such. */
final class ParameterCells {

  private final Parameter parameter;
  private final Map<String, Object> choices = new HashMap<>();
  private final NavigableMap<Double, Object> numbers = new TreeMap<>();

  ParameterCells(Parameter parameter) {
    this.parameter = parameter;
    if (parameter instanceof CategoricalParameter categorical) {
      for (Object choice : categorical.choices()) {
        choices.put(choice.toString(), choice);
        Double number = Cells.number(choice.toString());
        if (number != null) {
          numbers.putIfAbsent(number, choice);
        }
      }
    }
  }

  /** Returns the value, or null if the parameter has no such value. */
  @Nullable Object value(String text) {
    if (parameter instanceof BooleanParameter) {
      return Cells.flag(text);
    }
    Double number = Cells.number(text);
    if (parameter instanceof CategoricalParameter) {
      return choice(text, number);
    }
    if (number == null) {
      return null;
    }
    boolean isWhole = parameter instanceof IntParameter && number == Math.rint(number);
    Object value = isWhole ? (Object) number.longValue() : number;
    return parameter.contains(value) ? canonical(parameter, value) : null;
  }

  private @Nullable Object choice(String text, @Nullable Double number) {
    Object choice = choices.get(text);
    if (choice == null && number != null) {
      choice = close(number, numbers.floorEntry(number));
      choice = choice == null ? close(number, numbers.ceilingEntry(number)) : choice;
    }
    if (choice == null && Cells.flag(text) != null) {
      Object flag = choices.get(String.valueOf(Cells.flag(text)));
      choice = flag instanceof Boolean ? flag : null;
    }
    return choice;
  }

  private static @Nullable Object close(double number, Map.@Nullable Entry<Double, Object> entry) {
    return entry != null && Cells.areClose(number, entry.getKey()) ? entry.getValue() : null;
  }

  /** Returns the step that a number means, free of rounding; else the value itself. */
  static Object canonical(Parameter parameter, Object value) {
    boolean hasStep = parameter instanceof FloatParameter real && real.step() != null;
    return hasStep && parameter.contains(value) ? parameter.decode(parameter.encode(value)) : value;
  }
}
