package dev.troupe.strategy.baseline;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.settings.Nearest;
import dev.troupe.space.Configuration;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Suggestion;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Grid search: the product of a few levels of each parameter.
 *
 * <p>A number has {@code levels} values, evenly spaced on its own scale from bound to bound ({@code
 * low + i (high - low) / (n - 1)}, or {@code low (high / low)^(i / (n - 1))} on a log scale), moved
 * to the nearest valid step; a number with no more values than that, and a parameter that is not a
 * number, has them all. A conditional parameter multiplies only the points under which it exists,
 * and points that break a constraint are left out. Once all points were suggested, nothing is
 * suggested any more.
 *
 * <p>Not thread safe.
 */
public final class GridStrategy implements Strategy {

  static final String NAME = "grid";

  /** In which order the points are suggested. */
  public enum Order {
    /** The last parameter varies fastest. */
    SEQUENTIAL,
    /** A permutation by the study's seed, so that an early end leaves a random subset. */
    SHUFFLED
  }

  /**
   * What a grid is made from.
   *
   * @param levels values per number, from 1 to 10,000; a single one is in the middle
   * @param levelsBy exceptions by name of the parameter, each from 1 to 10,000; unmodifiable
   * @param order in which order the points are suggested
   * @param limit the most points that the grid may have, at least 1. The default of 10,000 is where
   *     a grid stops being a sensible search rather than where it stops being possible: sixty
   *     points are plenty where each takes minutes, so that studies with dear evaluations may lower
   *     it
   */
  public record Options(int levels, Map<String, Integer> levelsBy, Order order, int limit) {

    static final int LEVELS = 5;
    static final int MOST_LEVELS = 10_000;
    static final int LIMIT = 10_000;

    /** Checks the ranges above; breaking one throws {@link IllegalArgumentException}. */
    public Options {
      requireNonNull(order, "order");
      levelsBy = Map.copyOf(levelsBy);
      requireLevels("levels", levels);
      levelsBy.forEach((name, count) -> requireLevels("levels of '" + name + "'", count));
      if (limit < 1) {
        throw new IllegalArgumentException(
            "Strategy 'grid': limit must be at least 1, but was %d. Maybe %d."
                .formatted(limit, LIMIT));
      }
    }

    /** Returns 5 levels, in sequence, at most 10,000 points. */
    public static Options defaults() {
      return new Options(LEVELS, Map.of(), Order.SEQUENTIAL, LIMIT);
    }

    /** Returns a copy with so many values per number. */
    public Options withLevels(int count) {
      return new Options(count, levelsBy, order, limit);
    }

    /** Returns a copy with exceptions by name of the parameter. */
    public Options withLevelsBy(Map<String, Integer> counts) {
      return new Options(levels, counts, order, limit);
    }

    /** Returns a copy with another order. */
    public Options withOrder(Order newOrder) {
      return new Options(levels, levelsBy, newOrder, limit);
    }

    /** Returns a copy that allows so many points. */
    public Options withLimit(int most) {
      return new Options(levels, levelsBy, order, most);
    }

    private static void requireLevels(String subject, int count) {
      if (count < 1 || count > MOST_LEVELS) {
        throw new IllegalArgumentException(
            "Strategy 'grid': %s must be from 1 to %d, but was %d. Maybe %d."
                .formatted(subject, MOST_LEVELS, count, LEVELS));
      }
    }
  }

  private static final int VERSION = 1;

  /** Up to here the points that obey the constraints are counted one by one. */
  private static final BigInteger MOST_COUNTED = BigInteger.valueOf(1_000_000);

  private final SearchSpace space;
  private final RandomStreams streams;
  private final Options options;
  private final long size;
  private Iterator<Configuration> points;
  private long suggested;

  private GridStrategy(SearchSpace space, RandomStreams streams, Options options) {
    this.space = space;
    this.streams = streams;
    this.options = options;
    requireNumbers();
    this.size = count();
    this.points = points();
  }

  /** Returns the grid with {@link Options#defaults}. */
  public static GridStrategy of(SearchSpace space, RandomStreams streams) {
    return of(space, streams, Options.defaults());
  }

  /**
   * Returns the grid with these options.
   *
   * @throws IllegalArgumentException if the grid has more points than the limit or none at all, or
   *     an exception names no number of the space
   */
  public static GridStrategy of(SearchSpace space, RandomStreams streams, Options options) {
    return new GridStrategy(space, streams, options);
  }

  /** Returns the number of points. */
  public long size() {
    return size;
  }

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>((int) Math.min(count, size - suggested));
    while (suggestions.size() < count && points.hasNext()) {
      suggested++;
      suggestions.add(Suggestion.evaluate(points.next()).explained(explanation()));
    }
    return suggestions;
  }

  private Explanation explanation() {
    String order = options.order() == Order.SHUFFLED ? ", in random order" : "";
    return Explanation.of("It is point %s of a grid of %s%s.".formatted(suggested, size, order));
  }

  /** Does nothing: grid search does not learn. */
  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {}

  @Override
  public byte[] save() {
    return SavedState.write(NAME, VERSION, out -> out.writeLong(suggested));
  }

  @Override
  public void load(byte[] state) {
    long index = SavedState.read(state, NAME, VERSION, (in, version) -> in.readLong());
    if (index < 0 || index > size) {
      throw new IllegalArgumentException(
          "Strategy 'grid': a saved state must be of the same grid, but it is at point %d of %d."
                  .formatted(index, size)
              + " Maybe begin anew.");
    }
    Iterator<Configuration> skipped = points();
    for (long i = 0; i < index; i++) {
      skipped.next();
    }
    points = skipped;
    suggested = index;
  }

  private List<Object> levels(Parameter parameter) {
    int count = options.levelsBy().getOrDefault(parameter.name(), options.levels());
    return GridLevels.of(parameter, count);
  }

  private Iterator<Configuration> points() {
    Iterator<Configuration> grid = space.grid(this::levels);
    return options.order() == Order.SEQUENTIAL ? grid : shuffled(grid);
  }

  private Iterator<Configuration> shuffled(Iterator<Configuration> grid) {
    var all = new ArrayList<Configuration>((int) size);
    grid.forEachRemaining(all::add);
    RandomGenerator random = streams.stream(Kind.STRATEGY, 0, "~order");
    for (int i = all.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      all.set(other, all.set(i, all.get(other)));
    }
    return all.iterator();
  }

  private void requireNumbers() {
    for (String name : options.levelsBy().keySet().stream().sorted().toList()) {
      if (!space.has(name)) {
        throw new IllegalArgumentException(
            "Strategy 'grid': levels are set for '%s', which is no parameter. %s"
                .formatted(name, Nearest.hint(name, space.names())));
      }
      if (!GridLevels.isNumeric(space.parameter(name))) {
        throw new IllegalArgumentException(
            "Strategy 'grid': levels are set for '%s', which is not a number and has all values."
                    .formatted(name)
                + " Maybe leave it out.");
      }
    }
  }

  private long count() {
    BigInteger points = space.gridSize(this::levels);
    if (!space.constraints().isEmpty() && points.compareTo(MOST_COUNTED) <= 0) {
      points = BigInteger.valueOf(countAllowed());
    }
    if (points.compareTo(BigInteger.valueOf(options.limit())) > 0) {
      throw new IllegalArgumentException(
          "Strategy 'grid': the grid must have at most %d points, but has %d."
                  .formatted(options.limit(), points)
              + " Maybe lower levels (%d), raise limit or use the strategy random."
                  .formatted(options.levels()));
    }
    if (points.signum() == 0) {
      throw new IllegalArgumentException(
          "Strategy 'grid': a point of the grid must obey the constraints, but none does."
              + " Maybe raise levels (%d).".formatted(options.levels()));
    }
    return points.longValueExact();
  }

  private long countAllowed() {
    long count = 0;
    for (Iterator<Configuration> all = space.grid(this::levels); all.hasNext(); all.next()) {
      count++;
    }
    return count;
  }
}
