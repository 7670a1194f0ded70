package dev.troupe.strategy.multifidelity;

import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import java.util.List;
import java.util.OptionalLong;

/**
 * The coordinates of a space's unit cube: numbers, whose differences count, and choices, which are
 * equal or not. Immutable and thread safe.
 *
 * @param choices of how many choices each coordinate is; 0 for a number
 */
record Axes(List<Integer> choices) {

  static Axes of(SearchSpace space) {
    return new Axes(space.parameters().stream().map(Axes::choices).toList());
  }

  private static int choices(Parameter parameter) {
    boolean unordered =
        parameter instanceof BooleanParameter
            || parameter instanceof CategoricalParameter choice && !choice.ordered();
    OptionalLong count = parameter.cardinality();
    return unordered && count.isPresent() ? Math.toIntExact(count.getAsLong()) : 0;
  }

  int size() {
    return choices.size();
  }

  /** Returns whether a coordinate is a choice. */
  boolean isChoice(int axis) {
    return choices.get(axis) > 0;
  }

  /** Returns which choice a coordinate means. */
  int choice(int axis, double unit) {
    int count = choices.get(axis);
    return (int) Math.min(count - 1, Math.max(0, Math.floor(unit * count)));
  }

  /** Returns the coordinate of a choice, in the middle of its cell. */
  double unit(int axis, int choice) {
    return (choice + 0.5) / choices.get(axis);
  }
}
