package dev.troupe.architecture.morph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where each place of a new axis comes from: a place of the old axis, times a factor, or nothing,
 * which is zero. Immutable and thread safe.
 */
public final class AxisMap {

  private static final int NOTHING = -1;

  private final int oldSize;
  private final int[] sources;
  private final double[] factors;

  private AxisMap(int oldSize, int[] sources, double[] factors) {
    this.oldSize = oldSize;
    this.sources = sources;
    this.factors = factors;
  }

  /** Returns the map that changes nothing. */
  static AxisMap identity(int size) {
    var sources = new int[size];
    var factors = new double[size];
    for (int i = 0; i < size; i++) {
      sources[i] = i;
      factors[i] = 1;
    }
    return new AxisMap(size, sources, factors);
  }

  /**
   * Returns a map with copies, whose factors share out what the original had: the factors of all
   * copies of a place add up to 1.
   *
   * @param oldSize of the axis
   * @param sources shape [new size]; each old place occurs
   * @param mode how they share
   */
  static AxisMap copying(int oldSize, int[] sources, Widen.Mode mode) {
    var counts = new int[oldSize];
    for (int source : sources) {
      counts[source]++;
    }
    var seen = new boolean[oldSize];
    var factors = new double[sources.length];
    for (int i = 0; i < sources.length; i++) {
      double first = seen[sources[i]] ? 0 : 1;
      factors[i] = mode == Widen.Mode.SPLIT ? 1.0 / counts[sources[i]] : first;
      seen[sources[i]] = true;
    }
    return new AxisMap(oldSize, sources.clone(), factors);
  }

  /** Returns the map of an axis that is put into a longer one at an offset, zeros around it. */
  static AxisMap placed(int oldSize, int newSize, int offset) {
    var sources = new int[newSize];
    var factors = new double[newSize];
    for (int i = 0; i < newSize; i++) {
      boolean inside = i >= offset && i < offset + oldSize;
      sources[i] = inside ? i - offset : NOTHING;
      factors[i] = inside ? 1 : 0;
    }
    return new AxisMap(oldSize, sources, factors);
  }

  /** Returns the map of several axes, one after the other. */
  static AxisMap concatenated(List<AxisMap> parts) {
    int oldSize = parts.stream().mapToInt(AxisMap::oldSize).sum();
    int newSize = parts.stream().mapToInt(AxisMap::size).sum();
    var sources = new int[newSize];
    var factors = new double[newSize];
    int at = 0;
    int offset = 0;
    for (AxisMap part : parts) {
      for (int i = 0; i < part.size(); i++) {
        sources[at] = part.sources[i] + offset;
        factors[at] = part.factors[i];
        at++;
      }
      offset += part.oldSize;
    }
    return new AxisMap(oldSize, sources, factors);
  }

  /**
   * Returns the maps of which this is the concatenation, or empty if it is none.
   *
   * @param oldSizes sizes of their old axes, which add up to that of this one
   */
  Optional<List<AxisMap>> divided(List<Integer> oldSizes) {
    var parts = new ArrayList<AxisMap>();
    int at = 0;
    int offset = 0;
    for (int size : oldSizes) {
      int end = at;
      while (end < sources.length && sources[end] >= offset && sources[end] < offset + size) {
        end++;
      }
      int start = offset;
      int[] own = Arrays.stream(sources, at, end).map(source -> source - start).toArray();
      if (Arrays.stream(own).distinct().count() < size) {
        return Optional.empty();
      }
      parts.add(new AxisMap(size, own, Arrays.copyOfRange(factors, at, end)));
      at = end;
      offset += size;
    }
    return at == sources.length ? Optional.of(parts) : Optional.empty();
  }

  /** Returns the map of an axis on which {@code times} neighbours stand for each place of this. */
  AxisMap repeated(int times) {
    var repeatedSources = new int[sources.length * times];
    var repeatedFactors = new double[sources.length * times];
    for (int i = 0; i < repeatedSources.length; i++) {
      repeatedSources[i] = sources[i / times] * times + i % times;
      repeatedFactors[i] = factors[i / times];
    }
    return new AxisMap(oldSize * times, repeatedSources, repeatedFactors);
  }

  /** Returns the map of which this is {@link #repeated}, or empty if it is none. */
  Optional<AxisMap> contracted(int times) {
    if (sources.length % times != 0) {
      return Optional.empty();
    }
    var contractedSources = new int[sources.length / times];
    var contractedFactors = new double[contractedSources.length];
    for (int i = 0; i < contractedSources.length; i++) {
      contractedSources[i] = Math.floorDiv(sources[i * times], times);
      contractedFactors[i] = factors[i * times];
    }
    var contracted = new AxisMap(oldSize / times, contractedSources, contractedFactors);
    return contracted.repeated(times).equals(this) ? Optional.of(contracted) : Optional.empty();
  }

  /** Returns the map to the same places without factors: copies that are as large as originals. */
  AxisMap whole() {
    var ones = new double[sources.length];
    Arrays.fill(ones, 1);
    return new AxisMap(oldSize, sources, ones);
  }

  /** Returns the map to the same places without factors; what has no source stays zero. */
  AxisMap carried() {
    var ones = new double[sources.length];
    for (int i = 0; i < ones.length; i++) {
      ones[i] = sources[i] == NOTHING ? 0 : 1;
    }
    return new AxisMap(oldSize, sources, ones);
  }

  /** Returns whether it changes nothing. */
  public boolean isIdentity() {
    if (sources.length != oldSize) {
      return false;
    }
    for (int i = 0; i < oldSize; i++) {
      if (sources[i] != i || factors[i] != 1) {
        return false;
      }
    }
    return true;
  }

  /** Returns the size of the old axis, at least 1. */
  public int oldSize() {
    return oldSize;
  }

  /** Returns the size of the new axis, at least 1. */
  public int size() {
    return sources.length;
  }

  /** Returns the old place from which a new one comes, or -1 if it is zero. */
  public int source(int place) {
    return sources[place];
  }

  /** Returns by what the old number is multiplied. */
  public double factor(int place) {
    return factors[place];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AxisMap that
        && oldSize == that.oldSize
        && Arrays.equals(sources, that.sources)
        && Arrays.equals(factors, that.factors);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(sources) + Arrays.hashCode(factors);
  }

  /** Returns the form {@code [0, 1, 1*0.5, -]}. */
  @Override
  public String toString() {
    var places = new ArrayList<String>();
    for (int i = 0; i < sources.length; i++) {
      String factor = factors[i] == 1 ? "" : "*" + factors[i];
      places.add(sources[i] == NOTHING ? "-" : sources[i] + factor);
    }
    return "[" + String.join(", ", places) + "]";
  }
}
