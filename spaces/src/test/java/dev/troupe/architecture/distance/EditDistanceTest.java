package dev.troupe.architecture.distance;

import static dev.troupe.architecture.WorkedExamples.expected;
import static dev.troupe.architecture.WorkedExamples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.distance.NetworkOutline.Skip;
import dev.troupe.architecture.distance.NetworkOutline.Stage;
import dev.troupe.settings.Providers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditDistanceTest {

  private static final Offset<Double> CLOSE = within(1e-9);

  private static final NetworkOutline FIRST =
      new NetworkOutline(
          List.of(Stage.of("conv", 32), Stage.of("conv", 64), Stage.of("dense", 128)),
          List.of(new Skip(0, 2, "add")));

  private final EditDistance distance = EditDistance.standard();

  private static NetworkOutline of(String types) {
    return new NetworkOutline(
        types.chars().mapToObj(type -> Stage.of(String.valueOf((char) type), 1)).toList(),
        List.of());
  }

  private static NetworkOutline skipping(Skip... skips) {
    return new NetworkOutline(of("abcdefgh").stages(), List.of(skips));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void known_randomNetworks_hasTheSameDistances(long seed) {
    var random = new Random(seed);
    List<NetworkOutline> networks =
        random.ints(30, 0, 9).mapToObj(size -> RandomOutlines.of(size, 3, random)).toList();
    for (EditDistance each : List.of(distance, EditDistance.withSkipWeight(0))) {
      KnownOutlines known = each.known();
      for (int i = 0; i < networks.size(); i++) {
        assertThat(known.size()).isEqualTo(i);
        assertThat(known.distances(networks.get(i)))
            .isEqualTo(each.row(networks.get(i), networks.subList(0, i)));
        known.add(networks.get(i));
      }
    }
  }

  @Test
  void between_networksOfAk1_isAsWorkedOut() {
    var second =
        new NetworkOutline(
            List.of(
                Stage.of("conv", 32),
                Stage.of("conv", 32),
                Stage.of("conv", 128),
                Stage.of("dense", 64)),
            List.of(new Skip(0, 2, "add"), new Skip(1, 3, "add")));

    assertThat(distance.layers(FIRST, second)).isCloseTo(expected("AK-1").getDouble("D_l"), CLOSE);
    assertThat(distance.skips(FIRST, second)).isCloseTo(expected("AK-1").getDouble("D_s"), CLOSE);
    assertThat(distance.between(FIRST, second)).isCloseTo(expected("AK-1").getDouble("d"), CLOSE);
  }

  @Test
  void skips_setsOfAk2_areMatchedAsWorkedOut() {
    List<Skip> first = List.of(new Skip(1, 3, "add"), new Skip(2, 5, "add"));
    List<Skip> second =
        List.of(new Skip(2, 4, "add"), new Skip(1, 5, "add"), new Skip(4, 6, "concat"));
    List<?> matrix = expected("AK-2").getList(key("cost matrix")).unwrapped();

    for (int i = 0; i < first.size(); i++) {
      for (int j = 0; j < second.size(); j++) {
        Number cost = (Number) ((List<?>) matrix.get(i)).get(j);
        assertThat(first.get(i).distance(second.get(j))).isCloseTo(cost.doubleValue(), CLOSE);
      }
    }
    assertThat(
            distance.skips(
                skipping(first.toArray(Skip[]::new)), skipping(second.toArray(Skip[]::new))))
        .isCloseTo(expected("AK-2").getDouble("D_s"), CLOSE);
  }

  @Test
  void layers_chainsOfAk3_mayLoseLayers() {
    assertThat(distance.layers(of("xyw"), of("ywz")))
        .isCloseTo(expected("AK-3").getDouble(key("DP with insert/delete")), CLOSE);
  }

  @Test
  void distance_layersOfAk4_isTheMeanOverTheirSizes() {
    assertThat(Stage.of("conv", 32, 3, 1).distance(Stage.of("conv", 64, 5, 1)))
        .isCloseTo(expected("AK-4").getDouble("d"), CLOSE);
  }

  @Test
  void between_edgeCasesOfAk5_isAsWorkedOut() {
    assertThat(distance.between(FIRST, FIRST)).isEqualTo(expected("AK-5").getDouble("same"));
    assertThat(distance.between(of(""), FIRST))
        .isCloseTo(expected("AK-5").getDouble(key("empty vs A")), CLOSE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void between_randomOutlines_isAMetric(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      NetworkOutline a = RandomOutlines.of(random.nextInt(9), random.nextInt(5), random);
      NetworkOutline b = RandomOutlines.of(random.nextInt(9), random.nextInt(12), random);
      NetworkOutline c = RandomOutlines.of(random.nextInt(9), random.nextInt(5), random);
      double ab = distance.between(a, b);

      assertThat(distance.between(b, a)).as("%s and %s", a, b).isCloseTo(ab, CLOSE);
      assertThat(distance.between(a, a)).isZero();
      assertThat(distance.between(a, c) + distance.between(c, b))
          .as("%s by way of %s to %s", a, c, b)
          .isGreaterThanOrEqualTo(ab - 1e-9);
      if (!a.equals(b) && a.skips().size() + b.skips().size() == 0) {
        assertThat(ab).isPositive();
      }
    }
  }

  /** What the matching's edges are called differs from call to call; their order must not show. */
  @Test
  void cost_sameCostsAgain_isTheSameToTheLastBit() {
    var random = new Random(7);
    var costs = new double[12][14];
    for (double[] row : costs) {
      Arrays.setAll(row, i -> random.nextDouble());
    }
    double first = Hungarian.cost(costs);
    for (int i = 0; i < 200; i++) {
      assertThat(Hungarian.cost(costs)).isEqualTo(first);
    }
  }

  @Test
  void matrix_samplesOfAllSpaces_isAMetric() {
    var random = new Random(4);
    var task = new NetworkTask(Shape.image(3, 32, 32), 10);
    List<Architecture> networks = new ArrayList<>();
    for (ArchitectureSpaceProvider provider : Providers.all(ArchitectureSpaceProvider.class)) {
      ArchitectureSpace space = ArchitectureSpaces.named(provider.name(), task, Map.of());
      for (int i = 0; i < 6; i++) {
        networks.add(space.instance(space.searchSpace().sample(random)));
      }
    }

    double[][] matrix = distance.matrix(EditDistance.outlines(networks));

    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        for (int k = 0; k < matrix.length; k++) {
          assertThat(matrix[i][k] + matrix[k][j]).isGreaterThan(matrix[i][j] - 1e-9);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void cost_byTheLibrary_isThatOfTryingAll(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      var costs = new double[1 + random.nextInt(6)][6];
      for (double[] row : costs) {
        for (int j = 0; j < row.length; j++) {
          row[j] = random.nextInt(4) / 3.0 * random.nextDouble();
        }
      }
      assertThat(Hungarian.cost(costs)).isCloseTo(SkipMatching.enumerated(costs), CLOSE);
    }
  }

  @Test
  void cost_manySkips_isThatOfTheirBestMatching() {
    List<Skip> some = new ArrayList<>();
    List<Skip> others = new ArrayList<>();
    double expected = 1;
    for (int i = 1; i <= 30; i++) {
      some.add(new Skip(100 * i, 100 * i + 10, "add"));
      others.add(0, new Skip(100 * i, 100 * i + 11, "add"));
      expected += 1.0 / (100 * i + 11);
    }
    others.add(new Skip(5, 9, "concatenate"));

    assertThat(SkipMatching.cost(some, others)).isCloseTo(expected, CLOSE);
  }

  @Test
  void cost_skipsThatBothHave_isThatOfTheOthers() {
    var random = new Random(12);
    for (int i = 0; i < 200; i++) {
      List<Skip> first = RandomOutlines.of(4, 5, random).skips();
      List<Skip> second = RandomOutlines.of(4, 6, random).skips();
      var costs = new double[5][6];
      for (int j = 0; j < 5; j++) {
        for (int k = 0; k < 6; k++) {
          costs[j][k] = first.get(j).distance(second.get(k));
        }
      }

      assertThat(SkipMatching.cost(first, second))
          .isCloseTo(1 + SkipMatching.enumerated(costs), CLOSE);
    }
  }

  @Test
  void matrix_onThreads_isThatOfPairs() {
    var random = new Random(3);
    List<NetworkOutline> all =
        random.ints(70, 0, 12).mapToObj(size -> RandomOutlines.of(size, size % 4, random)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      double[][] matrix = distance.matrix(all, threads);

      assertThat(matrix).isDeepEqualTo(distance.matrix(all));
      assertThat(matrix[7]).containsExactly(distance.row(all.get(7), all));
      for (int i = 0; i < all.size(); i++) {
        assertThat(matrix[i][3]).isCloseTo(distance.between(all.get(i), all.get(3)), CLOSE);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void withSkipWeight_negative_isRefused() {
    assertThatThrownBy(() -> EditDistance.withSkipWeight(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The skips' weight in a distance must be at least 0 and finite, but was -1.0. Maybe 1.");
  }

  @Test
  void outline_skipBehindTheEnd_isRefused() {
    assertThatThrownBy(() -> new NetworkOutline(List.of(), List.of(new Skip(0, 1, "add"))))
        .hasMessageContaining("A skip must end at most behind the last of 0 layers")
        .hasMessageContaining("Maybe 0.");
    assertThatThrownBy(() -> new Skip(2, 1, "add"))
        .hasMessageContaining("must lead forward from layer 0 or later, but leads from 2 to 1");
    assertThatThrownBy(() -> Stage.of("dense", 0)).hasMessageContaining("sizes of at least 1");
  }
}
