package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InheritanceTest {

  private static Inheritance inherit(
      Architecture parent, Map<TensorKey, double[]> weights, String... morphisms) {
    return Inheritance.of(parent, weights, List.of(morphisms), SymmetryNoise.none(), new Random(1));
  }

  @Test
  void of_severalMorphisms_keepsTheFunction() {
    for (long seed = 1; seed <= 40; seed++) {
      var parent = new Exactness(RandomNetworks.of(seed), seed);
      Architecture current = parent.architecture();
      var texts = new ArrayList<String>();
      for (int i = 0; i < 3; i++) {
        var step = Morphisms.sample(current, Bounds.defaults(), new Random(seed + i));
        if (step.isPresent()) {
          texts.add(step.get().morphism().text());
          current = step.get().architecture();
        }
      }
      Inheritance child =
          inherit(parent.architecture(), parent.weights(), texts.toArray(String[]::new));
      assertThat(child.architecture()).isEqualTo(current);
      var after = new Exactness(child.architecture(), child.values());
      assertThat(Exactness.difference(parent, after, seed)).as("seed %d", seed).isLessThan(1e-9);
    }
  }

  @Test
  void of_noMorphism_isACopy() {
    Architecture parent = RandomNetworks.of(2);
    Map<TensorKey, double[]> weights = RandomNetworks.weights(parent, 2);
    Inheritance copy = inherit(parent, weights);
    assertThat(copy.values()).usingRecursiveComparison().isEqualTo(weights);
    assertThat(copy.values())
        .allSatisfy((key, values) -> assertThat(values).isNotSameAs(weights.get(key)));
  }

  @Test
  void of_weightsOfAnotherNetwork_isRefused() {
    Architecture parent = RandomNetworks.of(2);
    assertThatThrownBy(
            () -> Inheritance.of(parent, Map.of(), List.of(), SymmetryNoise.none(), new Random(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe they are of another network");
  }

  @Test
  void of_withNoise_tellsCopiesApartAndMovesLittle() {
    Architecture.Builder graph = Architecture.builder(Shape.vector(3));
    String dense = graph.add(new Layer.Dense(4, true), graph.input());
    String norm = graph.add(new Layer.BatchNormalization(), dense);
    Architecture parent = graph.output(2, norm);
    Map<TensorKey, double[]> weights = RandomNetworks.weights(parent, 1);
    String widen = new Widen(dense, 8, Widen.Mode.SPLIT, 1).text();
    Inheritance noisy =
        Inheritance.of(parent, weights, List.of(widen), SymmetryNoise.standard(), new Random(1));
    Inheritance exact = inherit(parent, weights, widen);
    noisy
        .values()
        .forEach(
            (key, values) -> {
              double[] expected = requireNonNull(exact.values().get(key));
              double largest = 0;
              for (int i = 0; i < values.length; i++) {
                largest = Math.max(largest, Math.abs(values[i] - expected[i]));
              }
              boolean isStatistic = List.of("mean", "variance").contains(key.tensor());
              boolean isMoved = !isStatistic && !key.equals(new TensorKey("output", "bias"));
              assertThat(largest > 0).as("%s", key).isEqualTo(isMoved);
              assertThat(largest).as("%s", key).isLessThan(1e-3);
            });
  }
}
