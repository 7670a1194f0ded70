package dev.troupe.estimator.dl4j;

import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import java.util.List;

/**
 * One thing about a network or its training that a space may search, a study file may fix, and that
 * has a default. Immutable.
 */
sealed interface Tunable {

  /** The name, both as a parameter of the space and as a key of the estimator. */
  String name();

  /** One line about it. */
  String description();

  /** The value that holds unless the space or the estimator has another. */
  Object fallback();

  /** The values that make sense, as {@code must be …}. */
  String rule();

  /** A declaration that would be right. */
  String example();

  /** Returns whether a value of a space makes sense. */
  boolean accepts(Object value);

  /** Reads it from the estimator's settings, its default if it is not set. */
  Object read(Settings settings);

  /** Returns it as a key of the estimator. */
  default Option option() {
    return new Option(name(), fallback().toString(), description());
  }

  /**
   * Refuses a parameter of a space of which some value makes no sense.
   *
   * @param estimator its name for the message
   */
  default void requireSensible(String estimator, Parameter parameter) {
    for (Object value : extremes(parameter)) {
      if (!accepts(value)) {
        throw new IllegalArgumentException(
            "Parameter '%s' of %s %s, but can be '%s' in the space. Maybe %s."
                .formatted(name(), estimator, rule(), value, example()));
      }
    }
  }

  /** Returns values that make sense only if all of them do. */
  private static List<Object> extremes(Parameter parameter) {
    if (parameter instanceof FloatParameter real) {
      return List.of(real.low(), real.high());
    }
    if (parameter instanceof IntParameter whole) {
      return List.of(whole.low(), whole.high());
    }
    if (parameter instanceof BooleanParameter) {
      return List.of(false, true);
    }
    return ((CategoricalParameter) parameter).choices();
  }

  /** A whole number in {@code [min, max]}. */
  record Whole(String name, int defaultValue, int min, int max, String description)
      implements Tunable {

    @Override
    public Object fallback() {
      return (long) defaultValue;
    }

    @Override
    public String rule() {
      return "must be a whole number from %d to %d".formatted(min, max);
    }

    @Override
    public String example() {
      return "type = int, low = %d, high = %d".formatted(min, Math.max(min, defaultValue));
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof Long number && number >= min && number <= max;
    }

    @Override
    public Object read(Settings settings) {
      return settings.getLong(name, defaultValue, min, max);
    }
  }

  /** A number in {@code [min, max]}. */
  record Real(String name, double defaultValue, double min, double max, String description)
      implements Tunable {

    @Override
    public Object fallback() {
      return defaultValue;
    }

    @Override
    public String rule() {
      return "must be a number from %s to %s".formatted(min, max);
    }

    @Override
    public String example() {
      return "type = float, low = %s, high = %s".formatted(min, max);
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof Number number
          && number.doubleValue() >= min
          && number.doubleValue() <= max;
    }

    @Override
    public Object read(Settings settings) {
      return settings.getDouble(name, defaultValue, min, max);
    }
  }

  /** One of a few names. */
  record Choice(String name, String defaultValue, List<String> choices, String description)
      implements Tunable {

    /** Copies the list. */
    public Choice {
      choices = List.copyOf(choices);
    }

    @Override
    public Object fallback() {
      return defaultValue;
    }

    @Override
    public String rule() {
      return "must be one of " + String.join(", ", choices);
    }

    @Override
    public String example() {
      return "type = categorical, choices = [%s]".formatted(String.join(", ", choices));
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof String text && choices.contains(text);
    }

    @Override
    public Object read(Settings settings) {
      return settings.getOneOf(name, defaultValue, choices);
    }
  }

  /** True or false. */
  record Flag(String name, boolean defaultValue, String description) implements Tunable {

    @Override
    public Object fallback() {
      return defaultValue;
    }

    @Override
    public String rule() {
      return "must be true or false";
    }

    @Override
    public String example() {
      return "type = boolean";
    }

    @Override
    public boolean accepts(Object value) {
      return value instanceof Boolean;
    }

    @Override
    public Object read(Settings settings) {
      return settings.getBoolean(name, defaultValue);
    }
  }
}
