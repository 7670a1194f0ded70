package dev.troupe.space;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;

/**
 * A parameter with a list of choices, each equally probable. A choice is a {@link String}, {@link
 * Long}, {@link Double} or {@link Boolean}.
 *
 * @param name {@code [a-z][a-z0-9-]*}, unique in its space
 * @param choices at least one, none twice; unmodifiable
 * @param ordered whether neighbours in the list are alike, as in small, medium, large
 */
public record CategoricalParameter(String name, List<Object> choices, boolean ordered)
    implements Parameter {

  /** Checks the rules above; breaking one throws {@link IllegalArgumentException}. */
  public CategoricalParameter {
    Names.requireValid(name);
    if (choices.isEmpty()) {
      throw new IllegalArgumentException(
          "Parameter '%s': there must be a choice, but the list was empty. Maybe choices = [a, b]."
              .formatted(name));
    }
    var copy = new ArrayList<Object>(choices.size());
    var seen = new HashSet<Object>();
    for (Object choice : choices) {
      Object value = Values.normalise(name, choice);
      if (value instanceof Double real && !Double.isFinite(real)) {
        throw new IllegalArgumentException(
            "Parameter '%s': a choice must be finite, but one was %s. Maybe remove it."
                .formatted(name, real));
      }
      if (!seen.add(value)) {
        throw new IllegalArgumentException(
            "Parameter '%s': a choice must occur once, but '%s' occurs again. Maybe remove it."
                .formatted(name, value));
      }
      copy.add(value);
    }
    choices = List.copyOf(copy);
  }

  /** Returns a parameter whose choices have no order. */
  public static CategoricalParameter of(String name, Object... choices) {
    return new CategoricalParameter(name, List.of(choices), false);
  }

  /** Returns a parameter whose neighbouring choices are alike. */
  public static CategoricalParameter ordered(String name, Object... choices) {
    return new CategoricalParameter(name, List.of(choices), true);
  }

  @Override
  public OptionalLong cardinality() {
    return OptionalLong.of(choices.size());
  }

  @Override
  public boolean contains(Object value) {
    return choices.contains(value);
  }

  @Override
  public String rule() {
    return "must be one of " + choices;
  }

  @Override
  public double encode(Object value) {
    return (choices.indexOf(value) + 0.5) / choices.size();
  }

  @Override
  public Object decode(double unit) {
    int index = (int) Math.floor(unit * choices.size());
    return choices.get(Math.max(0, Math.min(choices.size() - 1, index)));
  }

  @Override
  public Object value(long index) {
    return choices.get((int) index);
  }
}
