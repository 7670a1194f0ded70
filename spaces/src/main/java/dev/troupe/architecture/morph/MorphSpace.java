package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.Decoder;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The networks that morphisms make of one: {@code steps} says how many, and {@code step-1}, {@code
 * step-2} … which. The value of a step seeds a draw among the legal morphisms, every kind as
 * probable as the others ({@link Morphisms#sample}), so that each value means something after any
 * steps before. Where nothing is legal a step changes nothing, and neither do those after it.
 *
 * <p>A configuration is a way, not a network: different ones can lead to the same. Methods take
 * configurations with other parameters beside these, too. Immutable and thread safe.
 */
public final class MorphSpace implements Function<Configuration, Architecture> {

  /** The values of a step are below this. */
  public static final int STEP_VALUES = 1 << 30;

  static final String STEPS = "steps";

  private static final int MOST_STEPS = 1000;

  private final Architecture start;
  private final int mostSteps;
  private final Bounds bounds;

  /**
   * Returns a space.
   *
   * @param start the network from which all ways lead
   * @param mostSteps the longest way, from 0 to 1,000
   * @param bounds within which each step must stay
   */
  public MorphSpace(Architecture start, int mostSteps, Bounds bounds) {
    this.start = requireNonNull(start, "start");
    this.bounds = requireNonNull(bounds, "bounds");
    this.mostSteps = mostSteps;
    if (mostSteps < 0 || mostSteps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "A way of morphisms must have from 0 to %d steps, but was to have %d. Maybe 8."
              .formatted(MOST_STEPS, mostSteps));
    }
  }

  /**
   * Returns the morph space behind a search space, alone or with other parameters; empty if its
   * configurations stand for something else.
   */
  public static Optional<MorphSpace> behind(SearchSpace space) {
    Optional<Decoder<Architecture>> decoder = space.decoder(Architecture.class);
    return decoder.flatMap(found -> found.unwrap(MorphSpace.class));
  }

  /**
   * Returns the morph space behind a search space, alone or with other parameters.
   *
   * @param strategy the name of who needs it
   * @throws IllegalArgumentException if its configurations stand for something else
   */
  public static MorphSpace required(SearchSpace space, String strategy) {
    return behind(space)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Strategy '%s': it needs the space of architectures 'morphs', but the parameters are %s. Maybe set architecture { name = morphs }."
                        .formatted(strategy, space.names())));
  }

  /** Returns it as a space in which strategies search. */
  public ArchitectureSpace toArchitectureSpace() {
    SearchSpace.Builder space = SearchSpace.builder();
    space.add(IntParameter.linear(STEPS, 0, mostSteps));
    for (int step = 1; step <= mostSteps; step++) {
      space.add(
          IntParameter.linear(name(step), 0, STEP_VALUES - 1),
          Condition.between(STEPS, step, mostSteps));
    }
    space.variation(new MorphVariation(mostSteps));
    return ArchitectureSpace.of(space, this, this::canonical);
  }

  static String name(int step) {
    return "step-" + step;
  }

  /** Returns the network from which all ways lead. */
  public Architecture start() {
    return start;
  }

  /** Returns the number of steps of the longest way. */
  public int mostSteps() {
    return mostSteps;
  }

  /** Returns the bounds within which each step stays. */
  public Bounds bounds() {
    return bounds;
  }

  /** Returns how many steps a configuration has, those that change nothing included. */
  public int steps(Configuration configuration) {
    return configuration.getInt(STEPS);
  }

  /** Returns the network at the end of a way. */
  @Override
  public Architecture apply(Configuration configuration) {
    List<Morphed> way = way(configuration);
    return way.isEmpty() ? start : way.get(way.size() - 1).architecture();
  }

  /**
   * Returns the steps of a way in order, without those that change nothing. The cost grows with
   * their number and with the size of the networks: a few milliseconds for eight steps.
   */
  public List<Morphed> way(Configuration configuration) {
    var way = new ArrayList<Morphed>();
    Architecture current = start;
    for (int step = 1; step <= steps(configuration); step++) {
      Optional<Morphed> next = draw(current, configuration.getLong(name(step)));
      if (next.isEmpty()) {
        break; // whatever the value: nothing is legal, and that stays so
      }
      way.add(next.get());
      current = next.get().architecture();
    }
    return way;
  }

  private Optional<Morphed> draw(Architecture current, long value) {
    return Morphisms.sample(
        current, bounds, RandomStreams.of(value).stream(Kind.STRATEGY, 0, "morphism"));
  }

  /**
   * One step more.
   *
   * @param configuration the longer way, other parameters as before
   * @param step what was done
   */
  public record Extension(Configuration configuration, Morphed step) {}

  /**
   * Goes one step further.
   *
   * @param value of the new step, from 0 to {@link #STEP_VALUES} - 1
   * @return empty if the way is the longest already, or nothing is legal at its end
   */
  public Optional<Extension> extended(Configuration configuration, long value) {
    return steps(configuration) == mostSteps
        ? Optional.empty()
        : extended(configuration, apply(configuration), value);
  }

  /**
   * Goes one step further, as {@link #extended(Configuration, long)} does, but without going the
   * way so far again.
   *
   * @param end the network at the end of the way
   */
  public Optional<Extension> extended(Configuration configuration, Architecture end, long value) {
    int steps = steps(configuration);
    if (steps == mostSteps) {
      return Optional.empty();
    }
    Configuration longer = configuration.with(STEPS, steps + 1).with(name(steps + 1), value);
    return draw(end, value).map(step -> new Extension(longer, step));
  }

  /**
   * Returns the way without steps.
   *
   * @param space this space, alone or with other parameters
   * @param random decides on the other parameters
   */
  public static Configuration withoutSteps(SearchSpace space, RandomGenerator random) {
    return space.with(space.sample(random), STEPS, 0L, random);
  }

  private Configuration canonical(Configuration configuration) {
    int effective = way(configuration).size();
    var values = configuration.toMap();
    for (int step = effective + 1; step <= steps(configuration); step++) {
      values.remove(name(step));
    }
    values.put(STEPS, effective);
    return Configuration.of(values);
  }
}
