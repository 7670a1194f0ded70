package dev.troupe.study;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Named metric values: numbers, and vectors of up to some hundred entries (an architecture
 * gradient, say). Immutable and thread safe; values may be NaN or infinite, since that is what a
 * diverging candidate reports.
 */
public final class Metrics {

  private static final Metrics NONE = new Metrics(Map.of(), Map.of());

  private final Map<String, Double> numbers;
  private final Map<String, double[]> vectors;

  private Metrics(Map<String, Double> numbers, Map<String, double[]> vectors) {
    this.numbers = numbers;
    this.vectors = vectors;
  }

  /** Returns no metrics at all. */
  public static Metrics none() {
    return NONE;
  }

  /** Returns one number. */
  public static Metrics of(String name, double value) {
    return new Metrics(Map.of(name, value), Map.of());
  }

  /** Returns two numbers. */
  public static Metrics of(String name1, double value1, String name2, double value2) {
    var numbers = new LinkedHashMap<String, Double>();
    numbers.put(name1, value1);
    numbers.put(name2, value2);
    return of(numbers);
  }

  /** Returns {@code numbers} in the map's own order. */
  public static Metrics of(Map<String, Double> numbers) {
    return new Metrics(Collections.unmodifiableMap(new LinkedHashMap<>(numbers)), Map.of());
  }

  /** Returns these metrics and a number; a number of the same name is replaced. */
  public Metrics with(String name, double value) {
    var copy = new LinkedHashMap<>(numbers);
    copy.put(name, value);
    return new Metrics(Collections.unmodifiableMap(copy), vectors);
  }

  /** Returns these metrics and those of {@code others}, which win where a name is in both. */
  public Metrics with(Metrics others) {
    var numberCopy = new LinkedHashMap<>(numbers);
    numberCopy.putAll(others.numbers);
    var vectorCopy = new LinkedHashMap<>(vectors);
    vectorCopy.putAll(others.vectors);
    return new Metrics(
        Collections.unmodifiableMap(numberCopy), Collections.unmodifiableMap(vectorCopy));
  }

  /** Returns these metrics and a vector, which is copied. */
  public Metrics withVector(String name, double... value) {
    var copy = new LinkedHashMap<>(vectors);
    copy.put(name, value.clone());
    return new Metrics(numbers, Collections.unmodifiableMap(copy));
  }

  /** Returns whether there is a number {@code name}. */
  public boolean has(String name) {
    return numbers.containsKey(name);
  }

  /**
   * Returns the number {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public double get(String name) {
    Double value = numbers.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Metric '%s' was not reported; there are %s. Maybe ask has first."
              .formatted(name, numbers.keySet()));
    }
    return value;
  }

  /** Returns the number {@code name}, or NaN if there is none. */
  public double getOrNaN(String name) {
    Double value = numbers.get(name);
    return value == null ? Double.NaN : value;
  }

  /**
   * Returns a copy of the vector {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public double[] vector(String name) {
    double[] value = vectors.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Vector '%s' was not reported; there are %s. Maybe look at vectorNames first."
              .formatted(name, vectors.keySet()));
    }
    return value.clone();
  }

  /** Returns the numbers by name; unmodifiable. */
  public Map<String, Double> numbers() {
    return numbers;
  }

  /** Returns the names of the vectors; unmodifiable. */
  public Set<String> vectorNames() {
    return vectors.keySet();
  }

  /** Returns the name of the first number that is NaN or infinite, or null if all are finite. */
  public @Nullable String firstNotFinite() {
    for (Map.Entry<String, Double> entry : numbers.entrySet()) {
      if (!Double.isFinite(entry.getValue())) {
        return entry.getKey();
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Metrics that
        && numbers.equals(that.numbers)
        && vectors.keySet().equals(that.vectors.keySet())
        && vectors.entrySet().stream()
            .allMatch(e -> Arrays.equals(e.getValue(), that.vectors.get(e.getKey())));
  }

  @Override
  public int hashCode() {
    return 31 * numbers.hashCode()
        + vectors.entrySet().stream()
            .mapToInt(e -> e.getKey().hashCode() ^ Arrays.hashCode(e.getValue()))
            .sum();
  }

  /** Returns the form {@code {name=value, …}}, vectors last. */
  @Override
  public String toString() {
    var all = new LinkedHashMap<String, Object>(numbers);
    new TreeMap<>(vectors).forEach((name, value) -> all.put(name, Arrays.toString(value)));
    return all.toString();
  }
}
