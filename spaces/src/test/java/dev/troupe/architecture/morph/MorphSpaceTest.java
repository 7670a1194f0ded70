package dev.troupe.architecture.morph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MorphSpaceTest {

  private static final NetworkTask DIGITS = new NetworkTask(Shape.image(1, 8, 8), 10);
  private static final NetworkTask TABLE = new NetworkTask(Shape.vector(13), 3);

  private static ArchitectureSpace space(NetworkTask task, Map<String, ?> options) {
    return ArchitectureSpaces.named("morphs", task, options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"small-cnn", "flat-cnn", "residual", "mlp"})
  void sample_always_decodesWithinBoundsAndKeepsTheFunction(String start) {
    for (boolean normalised : new boolean[] {true, false}) {
      SearchSpace space =
          space(DIGITS, Map.of("start", start, "most-parameters", 20_000, "batch-norm", normalised))
              .searchSpace();
      MorphSpace morphs = MorphSpace.behind(space).orElseThrow();
      var hashes = new HashSet<String>();
      var random = new Random(3);
      for (int i = 0; i < 40; i++) {
        Configuration drawn = space.sample(random);
        Architecture architecture = space.decoder(Architecture.class).orElseThrow().decode(drawn);
        hashes.add(architecture.hash());
        assertThat(architecture.parameters()).isLessThanOrEqualTo(20_000);
        assertThat(architecture.outputs()).isEqualTo(10);
        assertThat(Architecture.fromJson(architecture.toJson())).isEqualTo(architecture);
        var first = new Exactness(morphs.start(), i);
        var last = new Exactness(morphs.start(), i);
        morphs.way(drawn).forEach(last::take);
        assertThat(last.architecture()).isEqualTo(architecture);
        assertThat(Exactness.difference(first, last, i)).isLessThan(1e-9);
      }
      assertThat(hashes).hasSizeGreaterThan(20);
    }
  }

  @Test
  void start_isTheWayWithoutSteps() {
    SearchSpace space = space(DIGITS, Map.of()).searchSpace();
    MorphSpace morphs = MorphSpace.behind(space).orElseThrow();
    Configuration none = space.configuration(Map.of("steps", 0));
    assertThat(morphs.apply(none)).isEqualTo(morphs.start());
    assertThat(morphs.way(none)).isEmpty();
  }

  @Test
  void extended_always_addsOneStepUntilTheLongestWay() {
    SearchSpace space = space(TABLE, Map.of("steps", 5)).searchSpace();
    MorphSpace morphs = MorphSpace.behind(space).orElseThrow();
    Configuration current = space.configuration(Map.of("steps", 0));
    for (int i = 1; i <= 5; i++) {
      Architecture before = morphs.apply(current);
      MorphSpace.Extension next = morphs.extended(current, 1000 + i).orElseThrow();
      assertThat(space.contains(next.configuration())).isTrue();
      assertThat(next.step().morphism().apply(before)).isEqualTo(next.step());
      assertThat(morphs.apply(next.configuration())).isEqualTo(next.step().architecture());
      assertThat(morphs.extended(current, before, 1000 + i)).contains(next);
      current = next.configuration();
    }
    assertThat(morphs.extended(current, 1)).isEmpty();
  }

  @Test
  void extended_inAJointSpace_keepsTheOtherParameters() {
    SearchSpace joint =
        space(DIGITS, Map.of())
            .joinedWith(
                SearchSpace.builder().add(FloatParameter.log("learning-rate", 1e-4, 1)).build());
    MorphSpace morphs = MorphSpace.behind(joint).orElseThrow();
    Configuration parent = joint.configuration(Map.of("steps", 0, "learning-rate", 0.1));
    Configuration child = morphs.extended(parent, 7).orElseThrow().configuration();
    assertThat(joint.contains(child)).isTrue();
    assertThat(child.getDouble("learning-rate")).isEqualTo(0.1);
  }

  @Test
  void canonical_whereNothingIsLegal_leavesOutStepsThatChangeNothing() {
    SearchSpace space =
        space(TABLE, Map.of("most-layers", 9, "kinds", List.of("deepen"))).searchSpace();
    Configuration five =
        space.configuration(
            Map.of("steps", 5, "step-1", 1, "step-2", 2, "step-3", 3, "step-4", 4, "step-5", 5));
    Configuration canonical = space.decoder(Architecture.class).orElseThrow().canonical(five);
    assertThat(canonical).isEqualTo(space.configuration(Map.of("steps", 1, "step-1", 1)));
  }

  @Test
  void mutateAndCrossover_always_stayInSpaceAndChange() {
    SearchSpace space = space(TABLE, Map.of("steps", 4)).searchSpace();
    var random = new Random(5);
    for (int i = 0; i < 200; i++) {
      Configuration first = space.sample(random);
      Configuration second = space.sample(random);
      assertThat(space.contains(space.mutate(first, random))).isTrue();
      assertThat(space.mutate(first, random)).isNotEqualTo(first);
      assertThat(space.contains(space.crossover(first, second, random))).isTrue();
    }
  }

  @Test
  void behind_anotherSpace_isEmpty() {
    SearchSpace plain = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
    assertThat(MorphSpace.behind(plain)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "start; small-cnn; needs pictures",
        "start; cnn; must be one of",
        "kinds; shrink; all or some of deepen, widen",
        "kernels; 2.5; whole numbers",
        "factors; big; list of numbers",
        "factors; 1; above 1",
        "widen-mode; half; must be one of split, zero",
        "most-parameters; 10; the start must be within the bounds",
        "steps; -1; from 0 to 1000"
      })
  void create_withABadOption_saysWhy(String key, String value, String why) {
    assertThatThrownBy(() -> space(TABLE, Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void create_withoutSteps_isASpaceOfOne() {
    SearchSpace space = space(TABLE, Map.of("steps", 0)).searchSpace();
    Configuration only = space.sample(new Random(1));
    assertThat(space.mutate(only, new Random(1))).isEqualTo(only);
    assertThat(MorphSpace.behind(space).orElseThrow().extended(only, 1)).isEmpty();
  }
}
