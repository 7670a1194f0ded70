package dev.troupe.strategy.baseline;

import static dev.troupe.strategy.baseline.WorkedExamplesTest.candidates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.RandomSpaces;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.Objective;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuasiRandomStrategyTest {

  private static final int DIMENSIONS = 30;
  private static final int POINTS = 256;

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "x-" + i).toList();
  }

  private static double[][] points(Halton sequence, int from, int count) {
    var points = new double[count][];
    for (int i = 0; i < count; i++) {
      points[i] = sequence.point(from + i);
    }
    return points;
  }

  private static double[][] randomPoints(long seed, int count, int dimensions) {
    RandomGenerator random = RandomStreams.of(seed).stream(Kind.STRATEGY, 1, "points");
    var points = new double[count][dimensions];
    for (double[] point : points) {
      for (int j = 0; j < dimensions; j++) {
        point[j] = random.nextDouble();
      }
    }
    return points;
  }

  /** A number of points that a base's power divides falls evenly into that many cells. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void halton_scrambled_fillsCellsOfEachBaseEvenly(long seed) {
    Halton sequence = Halton.scrambled(names(4), RandomStreams.of(seed));
    int[] bases = {2, 3, 5, 7};
    for (int j = 0; j < bases.length; j++) {
      int cells = bases[j] * bases[j];
      var counts = new int[cells];
      for (int i = 0; i < 3 * cells; i++) {
        counts[(int) (sequence.point(i)[j] * cells)]++;
      }
      assertThat(counts).as("seed %d, base %d", seed, bases[j]).containsOnly(3);
    }
  }

  /** Two coordinates together: 2^3 * 3^2 points fall one each into the 8 x 9 cells. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void halton_scrambled_fillsPairsOfCellsEvenly(long seed) {
    Halton sequence = Halton.scrambled(names(2), RandomStreams.of(seed));
    var counts = new int[72];
    for (int i = 0; i < 72; i++) {
      double[] point = sequence.point(i);
      int row = (int) (point[0] * 8);
      int column = (int) (point[1] * 9);
      counts[row * 9 + column]++;
    }
    assertThat(counts).containsOnly(1);
  }

  /**
   * Of independent points, a correlation of 256 pairs has a standard deviation of 1/16; the largest
   * of 435 such is below 0.3 (4.8 deviations) but for one seed in a thousand. Plain coordinates of
   * neighbouring large bases are correlated far above that.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void halton_scrambled_hasNoCorrelatedPairs(long seed) {
    double scrambled =
        largestCorrelation(
            points(Halton.scrambled(names(DIMENSIONS), RandomStreams.of(seed)), 0, POINTS));
    double plain = largestCorrelation(points(Halton.plain(DIMENSIONS), 1, POINTS));
    assertThat(scrambled).as("seed %d", seed).isLessThan(0.3);
    assertThat(plain).isGreaterThan(0.5);
  }

  private static double largestCorrelation(double[][] points) {
    int dimensions = points[0].length;
    double largest = 0;
    for (int j = 0; j < dimensions; j++) {
      for (int k = 0; k < j; k++) {
        largest = Math.max(largest, Math.abs(correlation(points, j, k)));
      }
    }
    return largest;
  }

  private static double correlation(double[][] points, int j, int k) {
    double meanJ = 0;
    double meanK = 0;
    for (double[] point : points) {
      meanJ += point[j] / points.length;
      meanK += point[k] / points.length;
    }
    double jj = 0;
    double kk = 0;
    double jk = 0;
    for (double[] point : points) {
      jj += (point[j] - meanJ) * (point[j] - meanJ);
      kk += (point[k] - meanK) * (point[k] - meanK);
      jk += (point[j] - meanJ) * (point[k] - meanK);
    }
    return jk / Math.sqrt(jj * kk);
  }

  /**
   * The L2-star discrepancy by Warnock's formula. Of independent points its square is 2^-d - 3^-d
   * over n in the mean, so about 0.00054 here; a low-discrepancy sequence has to be well below, in
   * five dimensions by half.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void halton_inFiveDimensions_isFarMoreEvenThanRandom(long seed) {
    double halton =
        discrepancy(points(Halton.scrambled(names(5), RandomStreams.of(seed)), 0, POINTS));
    double random = 0;
    for (int repeat = 0; repeat < 20; repeat++) {
      random += discrepancy(randomPoints(100 * seed + repeat, POINTS, 5)) / 20;
    }
    assertThat(halton).as("seed %d", seed).isLessThan(0.5 * random);
  }

  /**
   * In thirty dimensions no 256 points are even, but each pair of coordinates still can be: on
   * average over all pairs by half (each coordinate alone is as good as stratified), and the worst
   * pair must be no worse than the worst of independent points.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void halton_inThirtyDimensions_isEvenInEveryPair(long seed) {
    DoubleSummaryStatistics halton =
        pairDiscrepancies(
            points(Halton.scrambled(names(DIMENSIONS), RandomStreams.of(seed)), 0, POINTS));
    DoubleSummaryStatistics random = pairDiscrepancies(randomPoints(seed, POINTS, DIMENSIONS));
    assertThat(halton.getAverage()).as("seed %d", seed).isLessThan(0.5 * random.getAverage());
    assertThat(halton.getMax()).as("seed %d", seed).isLessThan(random.getMax());
  }

  private static DoubleSummaryStatistics pairDiscrepancies(double[][] points) {
    var statistics = new DoubleSummaryStatistics();
    for (int j = 0; j < points[0].length; j++) {
      for (int k = 0; k < j; k++) {
        var pairs = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
          pairs[i] = new double[] {points[i][j], points[i][k]};
        }
        statistics.accept(discrepancy(pairs));
      }
    }
    return statistics;
  }

  /** Returns the square of the L2-star discrepancy. */
  private static double discrepancy(double[][] points) {
    int n = points.length;
    int d = points[0].length;
    double single = 0;
    double pairs = 0;
    for (double[] x : points) {
      double product = 1;
      for (double coordinate : x) {
        product *= (1 - coordinate * coordinate) / 2;
      }
      single += product;
      for (double[] y : points) {
        double pair = 1;
        for (int j = 0; j < d; j++) {
          pair *= 1 - Math.max(x[j], y[j]);
        }
        pairs += pair;
      }
    }
    return Math.pow(3, -d) - 2.0 / n * single + pairs / ((double) n * n);
  }

  @Test
  void halton_always_staysBelowOneAndAtLeastZero() {
    Halton scrambled = Halton.scrambled(names(50), RandomStreams.of(4));
    for (long index : new long[] {0, 1, 2, 228, 229, 1L << 40, Long.MAX_VALUE}) {
      assertThat(DoubleStream.of(scrambled.point(index)).boxed())
          .as("index %d", index)
          .allMatch(u -> u >= 0 && u < 1);
    }
  }

  /** Permutations of places that indices do not have yet are drawn later, to the same effect. */
  @Test
  void halton_readBackwards_givesTheSamePoints() {
    Halton forwards = Halton.scrambled(names(6), RandomStreams.of(4));
    Halton backwards = Halton.scrambled(names(6), RandomStreams.of(4));
    double[][] expected = points(forwards, 0, 200);
    for (int i = 199; i >= 0; i--) {
      assertThat(backwards.point(i)).containsExactly(expected[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void suggest_inFiniteSpace_givesExactlyItsConfigurations(long seed) {
    for (long each = seed * 10; each < seed * 10 + 5; each++) {
      SearchSpace space = RandomSpaces.finite(each);
      Set<Configuration> all = new HashSet<>();
      space.enumerate().forEachRemaining(all::add);
      List<Configuration> suggested =
          candidates(QuasiRandomStrategy.of(space, RandomStreams.of(each)).suggest(all.size() + 5));
      assertThat(suggested).as("seed %d", each).hasSize(all.size());
      assertThat(new HashSet<>(suggested)).as("seed %d", each).isEqualTo(all);
    }
  }

  @Test
  void suggest_inUncountableSpaceOfTinyAllowedPart_drawsAtRandomThere() {
    SearchSpace space =
        SearchSpace.builder()
            .add(FloatParameter.linear("x", 0, 1))
            .add(FloatParameter.linear("y", 0, 1))
            .constraint("abs(x - 0.5) < 0.006 and abs(y - 0.5) < 0.006")
            .build();
    QuasiRandomStrategy strategy = QuasiRandomStrategy.of(space, RandomStreams.of(2));
    assertThat(candidates(strategy.suggest(3))).hasSize(3).allMatch(space::contains);
  }

  @Test
  void load_anywhere_goesOnTheSame() {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
            .add(IntParameter.linear("layers", 1, 6))
            .build();
    for (int before = 0; before <= 13; before++) {
      QuasiRandomStrategy original = QuasiRandomStrategy.of(space, RandomStreams.of(5));
      original.suggest(before);
      QuasiRandomStrategy copy = QuasiRandomStrategy.of(space, RandomStreams.of(5));
      copy.load(original.save());
      assertThat(copy.suggest(20)).as("after %d", before).isEqualTo(original.suggest(20));
    }
  }

  @Test
  void load_ofPlainIntoScrambled_isRefused() {
    SearchSpace space = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
    byte[] state = QuasiRandomStrategy.plain(space, RandomStreams.of(1)).save();
    assertThatThrownBy(() -> QuasiRandomStrategy.of(space, RandomStreams.of(1)).load(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("Maybe set scramble = false.");
  }

  @Test
  void create_withWrongSetting_saysWhatIsRight() {
    SearchSpace space = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
    var request =
        new StrategyRequest(
            space,
            List.of(Objective.minimize("loss")),
            RandomStreams.of(1),
            Settings.of("strategy", Map.of("scramble", 3)));
    assertThatThrownBy(() -> new QuasiRandomProvider().create(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strategy.scramble must be true or false, but was 3");
  }
}
