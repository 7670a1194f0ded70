package dev.troupe.space;

import org.jspecify.annotations.Nullable;

/** The few kinds of value that a parameter can have. */
final class Values {

  private Values() {}

  /**
   * Returns {@code value} as {@code Long}, {@code Double}, {@code Boolean} or {@code String}.
   *
   * @param subject the name of what has the value, for the message
   */
  static Object normalise(String subject, @Nullable Object value) {
    if (value instanceof Long || value instanceof Boolean || value instanceof String) {
      return value;
    }
    if (value instanceof Double real) {
      return real == 0.0 ? 0.0 : real; // -0.0 and 0.0 are one value
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float single) {
      // By its decimal form: 0.1f means 0.1, not 0.10000000149011612.
      return Double.valueOf(single.toString());
    }
    if (value instanceof Enum<?> constant) {
      return Kebab.fromEnum(constant);
    }
    throw new IllegalArgumentException(
        "'%s' has the value %s of %s, but a value is a number, a boolean or a text."
            .formatted(subject, value, value == null ? "no type" : value.getClass().getName()));
  }
}
