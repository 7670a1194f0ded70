package dev.troupe.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every space of architectures has to do, checked on random samples of several tasks and
 * settings.
 *
 * <p>Extend it, name the space, and run it as a JUnit test:
 *
 * <pre>{@code
 * class MySpaceTest extends ArchitectureSpaceContract {
 *   @Override
 *   protected String name() {
 *     return "my-space";
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureSpaceContract {

  /** What the networks of a space mean for equal hashes. */
  protected enum Canonical {
    /** Equal hashes and equal canonical configurations imply each other. */
    EXACT,
    /** Equal canonical configurations have equal hashes; the reverse may fail. */
    ONE_WAY
  }

  private static final int SAMPLES = 1000;

  /** One sample in so many goes through JSON, but for the first case, where all do. */
  private static final int JSON_STEP = 10;

  private static final int COMPARED = 500;
  private static final int VARIED = 50;
  private static final int MOST_NODES = 3000;
  private static final int CLASSES = 10;

  /** Returns the name that study files use. */
  protected abstract String name();

  /** Returns the settings under which the space is checked; the defaults alone by default. */
  protected List<Map<String, ?>> settings() {
    return List.of(Map.of());
  }

  /** Returns the inputs for which the space is checked; a vector belongs among them if it suits. */
  protected List<Shape> inputs() {
    return List.of(Shape.image(1, 8, 8), Shape.image(3, 32, 32), Shape.image(3, 7, 5));
  }

  /** Returns whether networks of this space need pictures, so that a vector is refused. */
  protected boolean needsPictures() {
    return true;
  }

  /** Returns how hashes and canonical configurations go together. */
  protected Canonical canonical() {
    return Canonical.ONE_WAY;
  }

  /**
   * A space on a task.
   *
   * @param name that study files use
   * @param input shape of one example
   * @param options its settings
   */
  protected record Case(String name, Shape input, Map<String, ?> options) {

    /** Returns the space. */
    ArchitectureSpace space() {
      return ArchitectureSpaces.named(name, new NetworkTask(input, CLASSES), options);
    }

    @Override
    public String toString() {
      return "%s on %s%s".formatted(name, input, options.isEmpty() ? "" : " with " + options);
    }
  }

  /** Returns every combination of inputs and settings. */
  protected final List<Case> cases() {
    var cases = new ArrayList<Case>();
    for (Map<String, ?> options : settings()) {
      for (Shape input : inputs()) {
        cases.add(new Case(name(), input, options));
      }
    }
    return cases;
  }

  /** Returns the generator of a check; the same in every run. */
  protected static RandomGenerator random(String check) {
    return RandomStreams.of(5).stream(RandomStreams.Kind.STRATEGY, 0, check);
  }

  private ArchitectureSpaceProvider provider() {
    return Providers.find(ArchitectureSpaceProvider.class, "architecture space", name());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void samples_always_decodeAndSurviveJson(Case each) {
    ArchitectureSpace space = each.space();
    RandomGenerator random = random("samples");
    int step = each.equals(cases().get(0)) ? 1 : JSON_STEP;
    for (int i = 0; i < SAMPLES; i++) {
      Configuration sample = space.searchSpace().sample(random);
      Architecture architecture = space.instance(sample);

      assertThat(architecture.inputShape()).isEqualTo(each.input());
      assertThat(architecture.outputs()).isEqualTo(CLASSES);
      assertThat(architecture.size()).isBetween(2, MOST_NODES);
      if (i % step == 0) {
        assertThat(Architecture.fromJson(architecture.toJson())).isEqualTo(architecture);
        assertThat(space.instance(sample)).as("decoded again").isEqualTo(architecture);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void encode_ofSamples_comesBack(Case each) {
    SearchSpace space = each.space().searchSpace();
    RandomGenerator random = random("encode");
    for (int i = 0; i < SAMPLES; i++) {
      Configuration sample = space.sample(random);
      assertThat(space.decode(space.encode(sample).point())).isEqualTo(sample);
      assertThat(space.configuration(sample.toMap())).isEqualTo(sample);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void variation_always_staysInSpace(Case each) {
    ArchitectureSpace architectures = each.space();
    SearchSpace space = architectures.searchSpace();
    RandomGenerator random = random("variation");
    int changed = 0;
    for (int i = 0; i < VARIED; i++) {
      Configuration first = space.sample(random);
      Configuration second = space.sample(random);
      Configuration mutant = space.mutate(first, random);
      changed += mutant.equals(first) ? 0 : 1;
      requireLegal(architectures, mutant);
      requireLegal(architectures, space.crossover(first, second, random));
      List<Configuration> neighbours = space.neighbours(first, random);
      assertThat(neighbours).doesNotContain(first).doesNotHaveDuplicates();
      neighbours.forEach(neighbour -> assertThat(space.contains(neighbour)).isTrue());
      if (!neighbours.isEmpty()) {
        requireLegal(architectures, neighbours.get(random.nextInt(neighbours.size())));
      }
    }
    assertThat(changed).as("mutants that differ from their parents").isPositive();
  }

  private static void requireLegal(ArchitectureSpace space, Configuration configuration) {
    assertThat(space.searchSpace().contains(configuration)).isTrue();
    assertThat(space.instance(configuration).outputs()).isEqualTo(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void canonical_always_goesWithHash(Case each) {
    ArchitectureSpace space = each.space();
    RandomGenerator random = random("canonical");
    var hashes = new HashMap<Configuration, String>();
    var meanings = new HashMap<String, Configuration>();
    Configuration sample = space.searchSpace().sample(random);
    for (int i = 0; i < COMPARED; i++) {
      // Every other one is a mutant of the one before, which comes near to it or means the same.
      sample =
          i % 2 == 1
              ? space.searchSpace().mutate(sample, random)
              : space.searchSpace().sample(random);
      Configuration canonical = space.decoder().canonical(sample);
      String hash = space.instance(sample).hash();

      space.searchSpace().validate(canonical);
      assertThat(space.decoder().canonical(canonical)).as("again").isEqualTo(canonical);
      assertThat(space.instance(canonical).hash()).as("means the same").isEqualTo(hash);
      assertThat(hashes.computeIfAbsent(canonical, c -> hash)).isEqualTo(hash);
      if (canonical() == Canonical.EXACT) {
        assertThat(meanings.computeIfAbsent(hash, h -> canonical)).isEqualTo(canonical);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void size_always_isKnownAndAboveOne(Case each) {
    assertThat(each.space().searchSpace().size())
        .hasValueSatisfying(size -> assertThat(size).isGreaterThan(BigInteger.ONE));
  }

  @Test
  void decode_ofAnotherSpacesConfiguration_saysWhatIsMissing() {
    ArchitectureSpace space = cases().get(0).space();
    Configuration foreign = Configuration.of(Map.of("of-another-space", 1));

    assertThatThrownBy(() -> space.decoder().decode(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Parameter '%s'".formatted(space.names().get(0)))
        .hasMessageContaining("was missing")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> space.instance(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no parameter 'of-another-space'");
  }

  @Test
  void joinedWith_hyperparameters_decodesAsByItself() {
    ArchitectureSpace space = cases().get(0).space();
    SearchSpace joint =
        space.joinedWith(
            SearchSpace.builder().add(FloatParameter.log("joined-rate", 1e-4, 1e-1)).build());
    RandomGenerator random = random("joint");
    for (int i = 0; i < VARIED; i++) {
      Configuration sample = joint.mutate(joint.sample(random), random);
      Map<String, Object> own = sample.toMap();
      own.remove("joined-rate");

      assertThat(joint.decoder(Architecture.class).orElseThrow().decode(sample))
          .isEqualTo(space.instance(Configuration.of(own)));
    }
  }

  @Test
  void create_forVector_refusesWherePicturesAreNeeded() {
    var task = new NetworkTask(Shape.vector(64), CLASSES);
    if (needsPictures()) {
      assertThatThrownBy(() -> ArchitectureSpaces.named(name(), task, settings().get(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name())
          .hasMessageContaining("picture")
          .hasMessageContaining("64 x 1 x 1")
          .hasMessageContaining("Maybe");
    } else {
      ArchitectureSpace space = ArchitectureSpaces.named(name(), task, settings().get(0));
      assertThat(space.instance(space.searchSpace().sample(random("vector"))).inputShape())
          .isEqualTo(task.input());
    }
  }

  /** The list of options says what holds if they are not set, and it does. */
  @Test
  void options_setToWhatHoldsWithoutThem_giveTheSameSpace() {
    var task = new NetworkTask(inputs().get(0), CLASSES);
    ArchitectureSpaceProvider provider = provider();
    var text = new StringBuilder();
    for (Option option : provider.options()) {
      text.append(option.key()).append(" = ").append(option.fallback()).append('\n');
    }
    Settings written = Settings.of("architecture", ConfigFactory.parseString(text.toString()));

    assertThat(provider.create(task, written).searchSpace())
        .isEqualTo(provider.create(task, Settings.none("architecture")).searchSpace());
  }
}
