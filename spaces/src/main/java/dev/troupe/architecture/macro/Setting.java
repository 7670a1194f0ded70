package dev.troupe.architecture.macro;

import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A key of a space: what holds without it, what it may be, and how it is read.
 *
 * @param <T> type of its values
 */
interface Setting<T> {

  /** Returns what lists of options say about it. */
  Option option();

  /**
   * Returns its value.
   *
   * @throws IllegalArgumentException if it is set to what it may not be
   */
  T of(Settings settings);

  /** Returns what lists of options say about several. */
  static List<Option> options(Setting<?>... settings) {
    return Arrays.stream(settings).map(Setting::option).toList();
  }

  /** A whole number from {@code low} to {@code high}. */
  record Whole(String key, int fallback, int low, int high, String description)
      implements Setting<Integer> {

    @Override
    public Option option() {
      return new Option(key, String.valueOf(fallback), description);
    }

    @Override
    public Integer of(Settings settings) {
      return settings.getInt(key, fallback, low, high);
    }
  }

  /** At least one whole number, each from {@code low} to {@code high}. */
  record Wholes(String key, List<Integer> fallback, int low, int high, String description)
      implements Setting<List<Integer>> {

    @Override
    public Option option() {
      return new Option(key, fallback.toString(), description);
    }

    @Override
    public List<Integer> of(Settings settings) {
      String rule = "must be a list of whole numbers from %d to %d".formatted(low, high);
      return list(settings, key, fallback, rule, text -> inRange(Integer.valueOf(text), low, high));
    }
  }

  /** At least one number, each from {@code low} to {@code high}. */
  record Reals(String key, List<Double> fallback, double low, double high, String description)
      implements Setting<List<Double>> {

    @Override
    public Option option() {
      return new Option(key, fallback.toString(), description);
    }

    @Override
    public List<Double> of(Settings settings) {
      String rule = "must be a list of numbers from %s to %s".formatted(low, high);
      return list(settings, key, fallback, rule, text -> inRange(Double.valueOf(text), low, high));
    }
  }

  /** A number from {@code low} to {@code high}. */
  record Real(String key, double fallback, double low, double high, String description)
      implements Setting<Double> {

    @Override
    public Option option() {
      return new Option(key, String.valueOf(fallback), description);
    }

    @Override
    public Double of(Settings settings) {
      return settings.getDouble(key, fallback, low, high);
    }
  }

  /** True or false. */
  record Flag(String key, boolean fallback, String description) implements Setting<Boolean> {

    @Override
    public Option option() {
      return new Option(key, String.valueOf(fallback), description);
    }

    @Override
    public Boolean of(Settings settings) {
      return settings.getBoolean(key, fallback);
    }
  }

  /** One of several texts. */
  record Choice(String key, String fallback, List<String> allowed, String description)
      implements Setting<String> {

    @Override
    public Option option() {
      return new Option(key, fallback, description);
    }

    @Override
    public String of(Settings settings) {
      return settings.getOneOf(key, fallback, allowed);
    }
  }

  /** At least one of several texts. */
  record Choices(String key, List<String> fallback, List<String> allowed, String description)
      implements Setting<List<String>> {

    @Override
    public Option option() {
      return new Option(key, fallback.toString(), description);
    }

    @Override
    public List<String> of(Settings settings) {
      String rule = "must list some of " + String.join(", ", allowed);
      return list(settings, key, fallback, rule, text -> known(text, allowed));
    }
  }

  private static String known(String text, List<String> allowed) {
    if (allowed.contains(text)) {
      return text;
    }
    throw new IllegalArgumentException("Unknown.");
  }

  /** Returns a number, or refuses it without much of a message: for readers of lists. */
  static <N extends Number> N inRange(N value, double low, double high) {
    if (value.doubleValue() >= low && value.doubleValue() <= high) {
      return value;
    }
    throw new IllegalArgumentException("Out of range.");
  }

  /**
   * Returns a list, each element read from its text.
   *
   * @param reader throws {@link IllegalArgumentException} for what breaks the rule
   */
  static <T> List<T> list(
      Settings settings, String key, List<T> fallback, String rule, Function<String, T> reader) {
    if (!settings.has(key)) {
      return fallback;
    }
    var values = new ArrayList<T>();
    for (String text : settings.getStrings(key, List.of())) {
      try {
        values.add(reader.apply(text));
      } catch (IllegalArgumentException e) {
        throw settings.refuse(key, rule);
      }
    }
    if (values.isEmpty()) {
      throw settings.refuse(key, rule);
    }
    return List.copyOf(values);
  }
}
