package dev.troupe.strategy.baseline;

import static dev.troupe.strategy.baseline.WorkedExamplesTest.candidates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.RandomSpaces;
import dev.troupe.space.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SobolStrategyTest {

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "x-" + i).toList();
  }

  /** The points are read at random here, and one after the other there. */
  @Test
  void sobol_plain_isTheSequenceOfTheGenerator() {
    Sobol sequence = Sobol.plain(40);
    var generator = new SobolSequenceGenerator(40);
    for (int i = 0; i < 300; i++) {
      assertThat(sequence.point(i)).as("index %d", i).containsExactly(generator.nextVector());
    }
  }

  /** The first four points of Sobol's sequence in two dimensions, as printed everywhere. */
  @Test
  void sobol_plain_beginsAsKnown() {
    Sobol sequence = Sobol.plain(2);
    assertThat(sequence.point(0)).containsExactly(0, 0);
    assertThat(sequence.point(1)).containsExactly(0.5, 0.5);
    assertThat(sequence.point(2)).containsExactly(0.75, 0.25);
    assertThat(sequence.point(3)).containsExactly(0.25, 0.75);
  }

  /** In base two, any 2^6 points from a multiple of it fall one each into cells of that volume. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sobol_scrambled_fillsEveryShapeOfCellEvenly(long seed) {
    Sobol sequence = Sobol.scrambled(names(2), RandomStreams.of(seed));
    for (int rows = 1; rows <= 64; rows *= 2) {
      int columns = 64 / rows;
      var counts = new int[64];
      for (int i = 64; i < 128; i++) {
        double[] point = sequence.point(i);
        int row = (int) (point[0] * rows);
        int column = (int) (point[1] * columns);
        counts[row * columns + column]++;
      }
      assertThat(counts).as("seed %d, %d rows", seed, rows).containsOnly(1);
    }
  }

  /** Each point is uniform over the seeds; 2,000 of them fall into ten classes (0.999: 27.9). */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 5})
  void sobol_scrambled_isUniformOverSeeds(long index) {
    var counts = new int[10];
    for (long seed = 0; seed < 2000; seed++) {
      double[] point = Sobol.scrambled(names(3), RandomStreams.of(seed)).point(index);
      counts[(int) (point[2] * 10)]++;
    }
    double chiSquared = 0;
    for (int count : counts) {
      chiSquared += (count - 200.0) * (count - 200.0) / 200;
    }
    assertThat(chiSquared).isLessThan(27.9);
  }

  @Test
  void sobol_always_staysBelowOneAndAtLeastZero() {
    Sobol scrambled = Sobol.scrambled(names(50), RandomStreams.of(4));
    for (long index : new long[] {0, 1, 2, 228, 1L << 30, Integer.MAX_VALUE, Long.MAX_VALUE}) {
      assertThat(DoubleStream.of(scrambled.point(index)).boxed())
          .as("index %d", index)
          .allMatch(u -> u >= 0 && u < 1);
    }
  }

  @Test
  void of_aThousandParameters_isAllowedAndMoreAreNot() {
    assertThat(candidates(SobolStrategy.of(space(1000), RandomStreams.of(1)).suggest(2)))
        .hasSize(2);
    assertThatThrownBy(() -> SobolStrategy.of(space(1001), RandomStreams.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Strategy 'sobol': a space may have up to 1000 parameters, but this one has 1001."
                + " Maybe use quasi-random.");
  }

  private static SearchSpace space(int dimensions) {
    SearchSpace.Builder builder = SearchSpace.builder();
    names(dimensions).forEach(name -> builder.add(FloatParameter.linear(name, 0, 1)));
    return builder.build();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void suggest_inFiniteSpace_givesExactlyItsConfigurations(long seed) {
    SearchSpace space = RandomSpaces.finite(seed);
    Set<Configuration> all = new HashSet<>();
    space.enumerate().forEachRemaining(all::add);
    List<Configuration> suggested =
        candidates(SobolStrategy.of(space, RandomStreams.of(seed)).suggest(all.size() + 5));
    assertThat(suggested).hasSize(all.size());
    assertThat(new HashSet<>(suggested)).isEqualTo(all);
  }

  @Test
  void load_anywhere_goesOnTheSame() {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
            .add(IntParameter.linear("layers", 1, 6))
            .build();
    for (int before = 0; before <= 13; before++) {
      SobolStrategy original = SobolStrategy.of(space, RandomStreams.of(5));
      original.suggest(before);
      SobolStrategy copy = SobolStrategy.of(space, RandomStreams.of(5));
      copy.load(original.save());
      assertThat(copy.suggest(20)).as("after %d", before).isEqualTo(original.suggest(20));
    }
  }
}
