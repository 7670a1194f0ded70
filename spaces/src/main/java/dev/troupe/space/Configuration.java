package dev.troupe.space;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One full, immutable assignment of values to the active parameters of a {@link SearchSpace}.
 *
 * <p>A value is a {@link Double} (float parameters), a {@link Long} (int parameters), a {@link
 * Boolean}, or the choice of a categorical parameter, which is a {@link String}, {@code Long},
 * {@code Double} or {@code Boolean}. Parameters keep their order; equality ignores it. Thread safe.
 */
public final class Configuration {

  private static final Configuration EMPTY = new Configuration(new String[0], new Object[0]);

  private final String[] names;
  private final Object[] values;

  private Configuration(String[] names, Object[] values) {
    this.names = names;
    this.values = values;
  }

  /** Returns the configuration without any parameter. */
  public static Configuration empty() {
    return EMPTY;
  }

  /**
   * Returns a configuration of {@code values} in the map's own order.
   *
   * @param values by parameter name; integral numbers become {@code Long}, other numbers {@code
   *     Double}
   * @throws IllegalArgumentException if a value is of no kind that a parameter can have
   */
  public static Configuration of(Map<String, ?> values) {
    var names = new String[values.size()];
    var normalised = new Object[names.length];
    int i = 0;
    for (Map.Entry<String, ?> entry : values.entrySet()) {
      names[i] = requireNonNull(entry.getKey(), "name");
      normalised[i] = Values.normalise(names[i], entry.getValue());
      i++;
    }
    return new Configuration(names, normalised);
  }

  /** Adopts both arrays, which the caller must not change any more; values are normalised. */
  static Configuration adopt(String[] names, Object[] values) {
    return new Configuration(names, values);
  }

  /** Returns the number of active parameters. */
  public int size() {
    return names.length;
  }

  /** Returns the names of the active parameters in order. */
  public List<String> names() {
    return List.of(names);
  }

  /** Returns whether the parameter {@code name} is active, that is, has a value. */
  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  /** Returns the value of {@code name}, or null if the parameter is not active. */
  public @Nullable Object find(String name) {
    int index = indexOf(name);
    return index < 0 ? null : values[index];
  }

  /**
   * Returns the value of {@code name}.
   *
   * @throws IllegalArgumentException if the parameter is not active
   */
  public Object get(String name) {
    int index = indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "Parameter '%s' has no value in %s. Maybe ask has(\"%s\") first."
              .formatted(name, this, name));
    }
    return values[index];
  }

  /**
   * Returns a number as a {@code double}.
   *
   * @throws IllegalArgumentException if the parameter is not active or not a number
   */
  public double getDouble(String name) {
    return number(name).doubleValue();
  }

  /**
   * Returns a whole number.
   *
   * @throws IllegalArgumentException if the parameter is not active or not a whole number
   */
  public long getLong(String name) {
    Number number = number(name);
    if (number instanceof Double real && real != Math.rint(real)) {
      throw new IllegalArgumentException(
          "Parameter '%s' is %s, which is not a whole number. Maybe use getDouble."
              .formatted(name, real));
    }
    return number.longValue();
  }

  /**
   * Returns a whole number as an {@code int}.
   *
   * @throws IllegalArgumentException if the parameter is not active or not a whole number
   * @throws ArithmeticException if it exceeds an {@code int}
   */
  public int getInt(String name) {
    return Math.toIntExact(getLong(name));
  }

  /**
   * Returns a truth value.
   *
   * @throws IllegalArgumentException if the parameter is not active or not a boolean
   */
  public boolean getBoolean(String name) {
    if (get(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrongKind(name, "a boolean");
  }

  /**
   * Returns a value as text: the choice of a categorical parameter as the study file writes it.
   *
   * @throws IllegalArgumentException if the parameter is not active
   */
  public String getString(String name) {
    return get(name).toString();
  }

  /** Returns the values by name, in order; the map is a copy. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>(2 * names.length);
    for (int i = 0; i < names.length; i++) {
      map.put(names[i], values[i]);
    }
    return map;
  }

  /** Returns a copy in which {@code name} has {@code value}, appended if it had none. */
  public Configuration with(String name, Object value) {
    Map<String, Object> map = toMap();
    map.put(name, value);
    return of(map);
  }

  private Number number(String name) {
    if (get(name) instanceof Number number) {
      return number;
    }
    throw wrongKind(name, "a number");
  }

  private IllegalArgumentException wrongKind(String name, String wanted) {
    return new IllegalArgumentException(
        "Parameter '%s' is %s, which is not %s.".formatted(name, find(name), wanted));
  }

  private int indexOf(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Configuration that) || names.length != that.names.length) {
      return false;
    }
    if (Arrays.equals(names, that.names)) {
      return Arrays.equals(values, that.values);
    }
    for (int i = 0; i < names.length; i++) {
      if (!values[i].equals(that.find(names[i]))) {
        return false;
      }
    }
    return true;
  }

  /** The sum over parameters, so that order does not count; the same in every JVM. */
  @Override
  public int hashCode() {
    int sum = 0;
    for (int i = 0; i < names.length; i++) {
      int hash = 31 * names[i].hashCode() + values[i].hashCode();
      sum += hash * 0x9E3779B1 ^ hash >>> 15;
    }
    return sum;
  }

  /**
   * Returns 64 well-mixed bits that stand for this configuration in sets and messages: equal ones
   * have equal bits, and n different ones all have different bits with probability of at least 1 -
   * n^2 / 2^65. The same in every JVM; order does not count.
   */
  public long fingerprint() {
    long sum = 0;
    for (int i = 0; i < names.length; i++) {
      sum += Fingerprints.mix(Fingerprints.of(names[i]) + Fingerprints.of(values[i]));
    }
    return Fingerprints.mix(sum + names.length);
  }

  /** Returns the form {@code {name=value, …}}. */
  @Override
  public String toString() {
    return toMap().toString();
  }
}
