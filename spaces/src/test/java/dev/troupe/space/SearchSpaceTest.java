package dev.troupe.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {

  private static SearchSpace example() {
    return SearchSpace.builder()
        .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
        .add(FloatParameter.log("learning-rate", 1e-4, 1e-1))
        .add(FloatParameter.linear("momentum", 0, 0.99), Condition.oneOf("optimizer", "sgd"))
        .add(IntParameter.linear("layers", 1, 3))
        .build();
  }

  /** All configurations by trying every combination of every parameter, present or absent. */
  private static Set<Configuration> bruteForce(SearchSpace space) {
    List<Map<String, Object>> all = List.of(Map.of());
    for (Parameter parameter : space.parameters()) {
      var longer = new ArrayList<Map<String, Object>>();
      for (Map<String, Object> shorter : all) {
        longer.add(shorter);
        for (long i = 0; i < parameter.cardinality().orElseThrow(); i++) {
          var extended = new HashMap<>(shorter);
          extended.put(parameter.name(), parameter.value(i));
          longer.add(extended);
        }
      }
      all = longer;
    }
    var valid = new HashSet<Configuration>();
    for (Map<String, Object> values : all) {
      Configuration configuration = Configuration.of(values);
      if (space.contains(configuration)) {
        valid.add(configuration);
      }
    }
    return valid;
  }

  private static SearchSpace withoutConstraints(SearchSpace space) {
    SearchSpace.Builder builder = SearchSpace.builder();
    space.parameters().forEach(p -> builder.add(p, space.conditions(p.name())));
    return builder.build();
  }

  @ParameterizedTest
  @CsvSource({"1,75", "76,150", "151,225", "226,300"})
  void sizeAndEnumerate_onRandomSpaces_agreeWithBruteForce(long from, long to) {
    for (long seed = from; seed <= to; seed++) {
      SearchSpace space = RandomSpaces.finite(seed);
      Set<Configuration> expected = bruteForce(space);
      var enumerated = new ArrayList<Configuration>();
      space.enumerate().forEachRemaining(enumerated::add);
      assertThat(enumerated).as("seed %d: %s", seed, space).doesNotHaveDuplicates();
      assertThat(new HashSet<>(enumerated)).as("seed %d: %s", seed, space).isEqualTo(expected);
      SearchSpace free = withoutConstraints(space);
      int size = space.constraints().isEmpty() ? expected.size() : bruteForce(free).size();
      assertThat(space.size()).as("seed %d: %s", seed, space).hasValue(BigInteger.valueOf(size));
      assertThat(free.gridSize(ParameterValues::all)).isEqualTo(BigInteger.valueOf(size));
    }
  }

  @Test
  void size_ofHugeSpaces_isExact() {
    SearchSpace.Builder builder = SearchSpace.builder();
    for (int i = 0; i < 100; i++) {
      builder.add(IntParameter.linear("n-" + i, 1, 1_000_000));
      builder.add(new BooleanParameter("b-" + i), Condition.between("n-" + i, 1, 10));
    }
    assertThat(builder.build().size()).hasValue(BigInteger.valueOf(1_000_010).pow(100));
  }

  @Test
  void size_withRealParameter_isEmpty() {
    assertThat(example().size()).isEmpty();
    assertThatThrownBy(() -> example().enumerate())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A space with a real parameter cannot be enumerated. Maybe give each a step.");
  }

  @ParameterizedTest
  @CsvSource({"1,100", "101,200"})
  void sample_onRandomSpaces_isValidAndReproducible(long from, long to) {
    for (long seed = from; seed <= to; seed++) {
      SearchSpace space = RandomSpaces.of(seed);
      var one = new Random(seed);
      var other = new Random(seed);
      for (int i = 0; i < 20; i++) {
        Configuration drawn = space.sample(one);
        space.validate(drawn);
        assertThat(space.sample(other)).as("seed %d", seed).isEqualTo(drawn);
      }
    }
  }

  @Test
  void sample_withStreamPerParameter_keepsDrawsOfTheOthers() {
    SearchSpace larger =
        SearchSpace.builder()
            .add(new BooleanParameter("new"))
            .add(FloatParameter.log("learning-rate", 1e-4, 1e-1))
            .build();
    RandomStreams streams = RandomStreams.of(4);
    Configuration before = example().sample(name -> streams.stream(Kind.STRATEGY, 1, name));
    Configuration after = larger.sample(name -> streams.stream(Kind.STRATEGY, 1, name));
    assertThat(after.get("learning-rate")).isEqualTo(before.get("learning-rate"));
  }

  @ParameterizedTest
  @CsvSource({"1,100", "101,200"})
  void decode_ofEncodedConfiguration_isTheSame(long from, long to) {
    for (long seed = from; seed <= to; seed++) {
      SearchSpace space = RandomSpaces.of(seed);
      var random = new Random(seed);
      for (int i = 0; i < 10; i++) {
        Configuration drawn = space.sample(random);
        Encoding encoding = space.encode(drawn);
        Configuration again = space.decode(encoding.point());
        assertThat(again.names()).as("seed %d: %s", seed, drawn).isEqualTo(drawn.names());
        for (String name : drawn.names()) {
          if (drawn.get(name) instanceof Double real) {
            assertThat(again.getDouble(name)).isCloseTo(real, within(1e-9));
          } else if (space.parameter(name).cardinality().orElse(0) < 1 << 20) {
            assertThat(again.get(name)).as("seed %d: %s", seed, name).isEqualTo(drawn.get(name));
          }
        }
        for (int j = 0; j < space.dimensions(); j++) {
          assertThat(encoding.active()[j]).isEqualTo(drawn.has(space.names().get(j)));
          assertThat(encoding.active()[j] || encoding.point()[j] == 0.5).isTrue();
        }
      }
    }
  }

  @Test
  void decode_ofWrongPoint_isRefused() {
    assertThatThrownBy(() -> example().decode(new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A point of this space has 4 coordinates, but this one has 2.");
    assertThatThrownBy(() -> example().decode(new double[] {0, Double.NaN, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The coordinate of 'learning-rate' must be a number, but it was NaN.");
  }

  @ParameterizedTest
  @CsvSource({"1,100", "101,200"})
  void neighbours_onRandomSpaces_differInOneParameterAndItsDependants(long from, long to) {
    for (long seed = from; seed <= to; seed++) {
      SearchSpace space = RandomSpaces.of(seed);
      var random = new Random(seed);
      Configuration start = space.sample(random);
      List<Configuration> neighbours = space.neighbours(start, random);
      assertThat(neighbours).as("seed %d", seed).doesNotHaveDuplicates().doesNotContain(start);
      for (Configuration neighbour : neighbours) {
        space.validate(neighbour);
        assertThat(rootsOfChange(space, start, neighbour))
            .as("seed %d: %s, %s", seed, start, neighbour)
            .hasSize(1);
      }
    }
  }

  /** Returns the parameters that have different values in both. */
  private static List<String> rootsOfChange(
      SearchSpace space, Configuration one, Configuration other) {
    return space.names().stream()
        .filter(name -> one.has(name) && other.has(name))
        .filter(name -> !one.get(name).equals(other.get(name)))
        .toList();
  }

  @Test
  void neighbours_ofChoices_areAllOthersOrTheAdjacentOnes() {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("free", "a", "b", "c", "d"))
            .add(CategoricalParameter.ordered("ordered", "a", "b", "c", "d"))
            .build();
    Configuration start = Configuration.of(Map.of("free", "a", "ordered", "c"));
    assertThat(space.neighbours(start, new Random(1)))
        .containsExactlyInAnyOrder(
            start.with("free", "b"),
            start.with("free", "c"),
            start.with("free", "d"),
            start.with("ordered", "b"),
            start.with("ordered", "d"));
  }

  @Test
  void validate_ofWrongValues_namesEveryProblem() {
    Configuration wrong =
        Configuration.of(
            Map.of("optimizer", "adan", "learning-rate", 2.0, "layers", 7, "layer", 1));
    assertThatThrownBy(() -> example().validate(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "Parameter 'optimizer': must be one of [adam, sgd], but was 'adan'. Maybe 'adam'.")
        .hasMessageContaining(
            "Parameter 'learning-rate': must be a number from 1.0E-4 to 0.1, but was 2.0. Maybe 0.1.")
        .hasMessageContaining(
            "Parameter 'layers': must be a whole number from 1 to 3, but was 7. Maybe 3.")
        .hasMessageContaining("There is no parameter 'layer'. Maybe 'layers'.");
  }

  @Test
  void validate_ofInactiveOrMissing_saysWhenItExists() {
    Configuration adam =
        Configuration.of(Map.of("optimizer", "adam", "learning-rate", 0.01, "layers", 1));
    example().validate(adam);
    assertThatThrownBy(() -> example().validate(adam.with("momentum", 0.5)))
        .hasMessage(
            "Parameter 'momentum': exists only when optimizer is sgd, but it was 0.5."
                + " Maybe leave it out.");
    assertThatThrownBy(() -> example().validate(adam.with("optimizer", "sgd")))
        .hasMessage(
            "Parameter 'momentum': must be a number from 0.0 to 0.99, but it was missing."
                + " Maybe add it.");
  }

  @Test
  void configuration_ofPlainValues_adaptsNumbers() {
    SearchSpace space =
        SearchSpace.builder()
            .add(FloatParameter.linear("x", 0, 1).withStep(0.1))
            .add(FloatParameter.linear("y", 0, 5))
            .add(IntParameter.linear("n", 1, 3))
            .add(CategoricalParameter.of("bits", "none", 4, 8))
            .build();
    Configuration configuration =
        space.configuration(Map.of("bits", 4.0, "n", 2.0, "y", 3, "x", 0.3));
    assertThat(configuration.toMap())
        .containsExactly(
            Map.entry("x", 0.1 * 3),
            Map.entry("y", 3.0),
            Map.entry("n", 2L),
            Map.entry("bits", 4L));
    assertThatThrownBy(() -> space.configuration(Map.of("bits", 4, "n", 2.5, "y", 3, "x", 0.3)))
        .hasMessageContaining("'n': must be a whole number from 1 to 3, but was 2.5");
  }

  @Test
  void equals_ofSpacesInOtherOrder_isTrue() {
    SearchSpace one =
        SearchSpace.builder()
            .add(new BooleanParameter("a"))
            .add(new BooleanParameter("b"), Condition.oneOf("a", true))
            .constraint("a or b")
            .constraint("b or not a")
            .build();
    SearchSpace other =
        SearchSpace.builder()
            .add(new BooleanParameter("b"), Condition.oneOf("a", true))
            .add(new BooleanParameter("a"))
            .constraint("b or not a")
            .constraint("a or b")
            .build();
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(withoutConstraints(one));
    assertThat(one.toString()).contains("b: true or false when a is true", "constraint: a or b");
  }

  @Test
  void builder_withDuplicateOrNothing_isRefused() {
    assertThatThrownBy(() -> SearchSpace.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A space needs a parameter");
    assertThatThrownBy(
            () ->
                SearchSpace.builder().add(new BooleanParameter("a")).add(new BooleanParameter("a")))
        .hasMessage(
            "Parameter 'a': a name must occur once in a space, but it occurs again."
                + " Maybe rename one.");
    assertThatThrownBy(() -> example().parameter("layer"))
        .hasMessage("There is no parameter 'layer'. Maybe 'layers'.");
  }

  @Test
  void configuration_equalsAndFingerprint_ignoreOrder() {
    Configuration one = Configuration.of(Map.of("a", 1)).with("b", "x").with("c", 0.5);
    Configuration other = Configuration.of(Map.of("c", 0.5f)).with("b", "x").with("a", 1L);
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    assertThat(one.with("a", 1.0)).isNotEqualTo(one);
  }

  @Test
  void fingerprint_ofManyConfigurations_isDifferent() {
    Set<Long> seen = new HashSet<>();
    for (long i = 0; i < 300; i++) {
      for (long j = 0; j < 300; j++) {
        Configuration each = Configuration.of(Map.of("a", i, "b", j));
        assertThat(seen.add(each.fingerprint())).as("%s", each).isTrue();
      }
    }
    // Values that swap places, kinds that look alike, and what is not there.
    for (Configuration each :
        List.of(
            Configuration.empty(),
            Configuration.of(Map.of("a", 1)),
            Configuration.of(Map.of("a", 1.0)),
            Configuration.of(Map.of("a", "1")),
            Configuration.of(Map.of("a", true)),
            Configuration.of(Map.of("b", true)))) {
      assertThat(seen.add(each.fingerprint())).as("%s", each).isTrue();
    }
    // Saved states hold fingerprints: this value may not change.
    assertThat(Configuration.of(Map.of("a", 1, "b", "x")).fingerprint())
        .isEqualTo(GOLDEN_FINGERPRINT);
  }

  private static final long GOLDEN_FINGERPRINT = 6546016609643033035L;

  @Test
  void configuration_getters_refuseOtherKinds() {
    Configuration c = Configuration.of(Map.of("x", 1.5, "n", 3, "t", "text", "f", true));
    assertThat(c.getDouble("n")).isEqualTo(3.0);
    assertThat(c.getString("n")).isEqualTo("3");
    assertThat(c.with("x", 2.0).getInt("x")).isEqualTo(2);
    assertThatThrownBy(() -> c.getLong("x")).hasMessageContaining("Maybe use getDouble");
    assertThatThrownBy(() -> c.getDouble("t")).hasMessageContaining("which is not a number");
    assertThatThrownBy(() -> c.getBoolean("n")).hasMessageContaining("which is not a boolean");
    assertThatThrownBy(() -> c.get("y")).hasMessageContaining("Maybe ask has(\"y\") first");
    assertThatThrownBy(() -> c.with("n", 1L << 40).getInt("n"))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Configuration.of(Map.of("x", List.of())))
        .isInstanceOf(IllegalArgumentException.class);
    Map<String, Object> copy = c.toMap();
    copy.clear();
    assertThat(c.size()).isEqualTo(4);
  }
}
