package dev.troupe.strategy.bayes.morphism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.strategy.bayes.morphism.AnnealedSearch.Valued;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnealedSearchTest {

  private static final Annealing ANNEALING = new Annealing(0.9, 1e-4);

  private final List<Integer> expanded = new ArrayList<>();
  private int leaves = Integer.MAX_VALUE;

  /** The binary tree in which node n has the children 2n and 2n + 1. */
  private AnnealedSearch.Tree<Integer> tree(IntToDoubleFunction value) {
    return new AnnealedSearch.Tree<>() {
      @Override
      public boolean isLeaf(Integer node) {
        return node >= leaves;
      }

      @Override
      public List<Valued<Integer>> neighbours(Integer node, RandomGenerator random) {
        expanded.add(node);
        return List.of(
            new Valued<>(2 * node, value.applyAsDouble(2 * node)),
            new Valued<>(2 * node + 1, value.applyAsDouble(2 * node + 1)));
      }
    };
  }

  @Test
  void search_always_returnsTheBestThatItMet() {
    var met = new ArrayList<Double>();
    var random = new Random(1);
    Valued<Integer> best =
        new AnnealedSearch(ANNEALING)
            .search(
                List.of(new Valued<>(1, 0)),
                tree(
                    node -> {
                      double value = random.nextGaussian();
                      met.add(value);
                      return value;
                    }),
                new Random(2));
    assertThat(best).isNotNull();
    assertThat(best.value()).isEqualTo(met.stream().mapToDouble(v -> v).min().orElseThrow());
  }

  @Test
  void search_downhill_expandsTheBestNextAsOftenAsThereAreTemperatures() {
    Valued<Integer> best =
        new AnnealedSearch(new Annealing(0.8, 1e-2))
            .search(List.of(new Valued<>(1, -1)), tree(node -> -node), new Random(1));
    assertThat(expanded).hasSize(21);
    for (int i = 0; i < expanded.size(); i++) {
      assertThat(expanded.get(i)).isEqualTo((2 << i) - 1); // always the right child
    }
    assertThat(best).isEqualTo(new Valued<>((2 << 21) - 1, -((2 << 21) - 1.0)));
  }

  @Test
  void search_ofEqualValues_expandsWhatCameFirst() {
    new AnnealedSearch(new Annealing(0.5, 0.1))
        .search(
            List.of(new Valued<>(8, 0.0), new Valued<>(9, 0.0), new Valued<>(1, -1.0)),
            tree(node -> 0),
            new Random(1));
    assertThat(expanded).startsWith(1, 8, 9);
  }

  @Test
  void search_uphill_followsNothingOnceItIsCold() {
    new AnnealedSearch(ANNEALING)
        .search(List.of(new Valued<>(1, 0)), tree(node -> 1000), new Random(1));
    assertThat(expanded).containsExactly(1);
  }

  @Test
  void search_slightlyUphill_followsSomeOfIt() {
    new AnnealedSearch(new Annealing(0.9, 0.5))
        .search(List.of(new Valued<>(1, 0)), tree(node -> 0.1), new Random(1));
    assertThat(expanded.size()).isBetween(2, 7);
  }

  @Test
  void search_withoutNeighbours_returnsNull() {
    leaves = 1;
    assertThat(
            new AnnealedSearch(ANNEALING)
                .search(
                    List.of(new Valued<>(1, 0), new Valued<>(2, 0)),
                    tree(node -> 0),
                    new Random(1)))
        .isNull();
    assertThat(expanded).isEmpty();
    assertThat(new AnnealedSearch(ANNEALING).search(List.of(), tree(node -> 0), new Random(1)))
        .isNull();
  }

  @Test
  void search_leaves_areValuedButNotExpanded() {
    leaves = 4;
    Valued<Integer> best =
        new AnnealedSearch(ANNEALING)
            .search(List.of(new Valued<>(1, 0)), tree(node -> -node), new Random(1));
    assertThat(expanded).containsExactly(1, 3, 2);
    assertThat(best).isEqualTo(new Valued<>(7, -7.0));
  }

  @Test
  void acceptance_ofBetterOnes_isCertain() {
    assertThat(ANNEALING.acceptance(1, 1, 1e-9)).isEqualTo(1);
    assertThat(ANNEALING.acceptance(1, -1e300, 1e-9)).isEqualTo(1);
    assertThat(ANNEALING.acceptance(1, 1e300, 1e-9)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 2, Double.NaN})
  void annealing_outsideItsRange_isRefused(double share) {
    assertThatThrownBy(() -> new Annealing(share, 0.1))
        .hasMessageContaining("decay must be above 0 and below 1, but was " + share);
    assertThatThrownBy(() -> new Annealing(0.1, share))
        .hasMessageContaining("lowest temperature must be above 0 and below 1");
  }
}
