package dev.troupe.strategy.bayes.morphism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompanionsTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(IntParameter.linear("steps", 0, 3))
          .add(CategoricalParameter.of("optimizer", "adam", "sgd", "rmsprop"))
          .add(FloatParameter.linear("momentum", 0, 1), Condition.oneOf("optimizer", "sgd"))
          .add(CategoricalParameter.ordered("size", "small", "medium", "large"))
          .constraint("momentum < 0.9")
          .build();

  private final Companions companions = new Companions(SPACE, Set.of("steps"));

  private double distance(Configuration a, Configuration b) {
    double[] p = companions.coordinates(a);
    double[] q = companions.coordinates(b);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += (p[i] - q[i]) * (p[i] - q[i]);
    }
    return Math.sqrt(sum);
  }

  private static Configuration with(Map<String, Object> values) {
    return SPACE.configuration(values);
  }

  @Test
  void coordinates_ofEachKind_lieAsFarApartAsTheyDiffer() {
    Configuration adam = with(Map.of("steps", 1, "optimizer", "adam", "size", "small"));
    assertThat(distance(adam, adam.with("steps", 3L))).isZero();
    assertThat(distance(adam, adam.with("optimizer", "rmsprop"))).isCloseTo(1, within(1e-12));
    assertThat(distance(adam, adam.with("size", "large")))
        .isCloseTo(2 * distance(adam, adam.with("size", "medium")), within(1e-12));
    Configuration sgd =
        with(Map.of("steps", 1, "optimizer", "sgd", "size", "small", "momentum", 0.5));
    assertThat(distance(adam, sgd)).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(distance(sgd, sgd.with("momentum", 0.25))).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void mutated_always_keepsTheRestAndObeysConstraints() {
    var random = new Random(1);
    Configuration current =
        with(Map.of("steps", 2, "optimizer", "sgd", "size", "small", "momentum", 0.5));
    for (int i = 0; i < 100; i++) {
      Configuration next = companions.mutated(current, random);
      assertThat(next).isNotEqualTo(current);
      assertThat(next.getInt("steps")).isEqualTo(2);
      assertThat(SPACE.contains(next)).isTrue();
      current = next;
    }
  }

  @Test
  void redrawn_always_keepsTheRestAndObeysConstraints() {
    var random = new Random(1);
    Configuration current = with(Map.of("steps", 2, "optimizer", "adam", "size", "small"));
    for (int i = 0; i < 100; i++) {
      Configuration next = companions.redrawn(current, random);
      assertThat(next.getInt("steps")).isEqualTo(2);
      assertThat(SPACE.contains(next)).isTrue();
    }
  }

  @Test
  void values_always_areThoseBesideTheMorphisms() {
    Configuration sgd =
        with(Map.of("steps", 1, "optimizer", "sgd", "size", "small", "momentum", 0.5));
    assertThat(companions.values(sgd).names())
        .containsExactlyInAnyOrder("optimizer", "momentum", "size");
    assertThat(new Companions(SPACE, Set.copyOf(SPACE.names())).isEmpty()).isTrue();
  }
}
