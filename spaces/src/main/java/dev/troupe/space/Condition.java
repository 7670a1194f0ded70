package dev.troupe.space;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * When a parameter exists: only while another parameter, its parent, exists and has one of certain
 * values. A parameter with several conditions exists when all hold.
 */
public sealed interface Condition {

  /** Returns the name of the parameter on which it depends. */
  String parent();

  /** Returns whether {@code value} of the parent fulfils it. */
  boolean holds(Object value);

  /** Returns a condition that holds for any of {@code values}. */
  static Condition oneOf(String parent, Object... values) {
    return new OneOf(parent, new LinkedHashSet<>(Arrays.asList(values)));
  }

  /** Returns a condition that holds from {@code low} to {@code high}, both included. */
  static Condition between(String parent, double low, double high) {
    return new Between(parent, low, high);
  }

  /**
   * Holds for listed values.
   *
   * @param parent name of the parameter on which it depends
   * @param values at least one, as in {@link Configuration#of}; unmodifiable. A space takes 1 for
   *     1.0 and the reverse where the parent's values want it
   */
  record OneOf(String parent, Set<Object> values) implements Condition {

    /** Checks that there is a value. */
    public OneOf {
      requireNonNull(parent, "parent");
      if (values.isEmpty()) {
        throw new IllegalArgumentException(
            "A condition on '%s' needs a value, but there was none. Maybe remove the condition."
                .formatted(parent));
      }
      var copy = new LinkedHashSet<Object>();
      for (Object value : values) {
        copy.add(Values.normalise(parent, value));
      }
      values = Set.copyOf(copy);
    }

    @Override
    public boolean holds(Object value) {
      return values.contains(value);
    }
  }

  /**
   * Holds for a range of numbers.
   *
   * @param parent name of the numeric parameter on which it depends
   * @param low inclusive, may be negative infinity
   * @param high inclusive, at least {@code low}, may be infinity
   */
  record Between(String parent, double low, double high) implements Condition {

    /** Checks the ranges above. */
    public Between {
      requireNonNull(parent, "parent");
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "A condition on '%s' needs low <= high, but they were %s and %s. Maybe swap them."
                .formatted(parent, low, high));
      }
    }

    @Override
    public boolean holds(Object value) {
      return value instanceof Number number
          && number.doubleValue() >= low
          && number.doubleValue() <= high;
    }
  }
}
