package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.study.TrialId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {

  private final Observations observations = new Observations();
  private final double[] losses = new double[200];

  NeighbourhoodTest() {
    var random = new Random(1);
    for (int i = 0; i < losses.length; i++) {
      double[] point = {random.nextDouble(), random.nextDouble()};
      losses[i] = Math.hypot(point[0] - 0.3, point[1] - 0.7);
      observations.add(TrialId.of(i + 1), point, new double[] {losses[i]});
    }
  }

  @Test
  void choose_ofFew_takesAll() {
    assertThat(Neighbourhood.choose(observations, losses, 200))
        .isEqualTo(IntStream.range(0, 200).toArray());
  }

  @Test
  void choose_ofMany_takesBestNewestAndNearest() {
    int[] chosen = Neighbourhood.choose(observations, losses, 40);
    assertThat(chosen).hasSize(40).doesNotHaveDuplicates().isSorted();
    int[] best = Neighbourhood.sorted(losses);
    for (int i = 0; i < 10; i++) {
      assertThat(chosen).contains(best[i], 199 - i);
    }
    double farthest =
        IntStream.of(chosen).filter(i -> i < 190).mapToDouble(i -> losses[i]).max().orElseThrow();
    assertThat(farthest).as("what is neither new nor best is near the best").isLessThan(0.3);
  }

  @Test
  void sorted_ofTies_keepsTheirOrder() {
    assertThat(Neighbourhood.sorted(new double[] {2, 1, 2, 1})).containsExactly(1, 3, 0, 2);
  }

  @Test
  void sorted_ofManyTies_agreesWithStableSort() {
    var random = new Random(2);
    for (int size = 0; size < 60; size++) {
      double[] values = random.ints(size, -3, 3).mapToDouble(i -> i / 2.0 * -1).toArray();
      Integer[] expected = IntStream.range(0, size).boxed().toArray(Integer[]::new);
      Arrays.sort(expected, Comparator.comparingDouble(i -> values[i]));
      assertThat(IntStream.of(Neighbourhood.sorted(values)).boxed()).containsExactly(expected);
    }
  }
}
