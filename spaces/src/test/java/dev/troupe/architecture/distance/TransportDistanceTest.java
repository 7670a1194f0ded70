package dev.troupe.architecture.distance;

import static dev.troupe.architecture.WorkedExamples.expected;
import static dev.troupe.architecture.WorkedExamples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import dev.troupe.architecture.distance.LayerLabel.Kind;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TransportDistanceTest {

  private static final Offset<Double> CLOSE = within(1e-9);

  private static final List<Layer.Pool> POOLS = List.of(Layer.Pool.MAX, Layer.Pool.AVERAGE);

  private final TransportDistance distance = TransportDistance.withStructureWeight(0.5);

  private static List<MassiveLayer> layers(double[] masses, List<List<Double>> paths) {
    return List.of(
        new MassiveLayer(new LayerLabel(Kind.CONVOLUTION, "", 3), masses[0], paths.get(0)),
        new MassiveLayer(new LayerLabel(Kind.CONVOLUTION, "", 5), masses[1], paths.get(1)),
        new MassiveLayer(new LayerLabel(Kind.DENSE, "", 0), masses[2], paths.get(2)));
  }

  private static double[][] matrix(String name) {
    return expected("OT-1").getList(key(name)).unwrapped().stream()
        .map(
            row ->
                ((List<?>) row)
                    .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray())
        .toArray(double[][]::new);
  }

  @Test
  void of_networksOfOt1_isAsWorkedOut() {
    double[] masses = {1, 2, 1};
    double[] others = {1, 1, 1.5};
    List<MassiveLayer> first =
        layers(masses, List.of(List.of(2.0, 0.0), List.of(1.0, 1.0), List.of(0.0, 2.0)));
    List<MassiveLayer> second =
        layers(others, List.of(List.of(3.0, 0.0), List.of(1.5, 1.0), List.of(0.0, 2.5)));
    var costs = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        costs[i][j] = distance.cost(first.get(i), second.get(j));
        double structure = MassiveLayer.structureCost(first.get(i).paths(), second.get(j).paths());
        assertThat(structure).isCloseTo(matrix("structure cost")[i][j], CLOSE);
      }
    }

    Transport transport = Transport.of(masses, others, costs);

    assertThat(transport.cost()).isCloseTo(expected("OT-1").getDouble("distance"), CLOSE);
    assertThat(transport.cost() / 7.5)
        .isCloseTo(expected("OT-1").getDouble(key("normalised by total mass")), CLOSE);
    for (int i = 0; i < 4; i++) {
      assertThat(transport.plan()[i]).containsExactly(matrix("plan rows A1..A3,dummy")[i], CLOSE);
    }
  }

  @Test
  void kernelCost_sizesOfOt2_isAsWorkedOut() {
    for (int[] pair : new int[][] {{3, 5}, {3, 7}, {5, 7}}) {
      assertThat(LayerLabel.kernelCost(pair[0], pair[1]))
          .isCloseTo(expected("OT-2").getDouble(key(pair[0] + " vs " + pair[1])), CLOSE);
    }
  }

  private static Architecture random(Random random) {
    Architecture.Builder graph = Architecture.builder(Shape.image(3, 8, 8));
    String at = graph.input();
    String skipped = at;
    int layers = random.nextInt(7);
    for (int i = 0; i < layers; i++) {
      Window window = Window.square(1 + 2 * random.nextInt(3));
      Layer layer =
          switch (random.nextInt(4)) {
            case 0 -> new Layer.Pooling(POOLS.get(random.nextInt(2)), window);
            case 1 -> new Layer.SeparableConvolution(8, window, false);
            default -> new Layer.Convolution(8 << random.nextInt(2), window, true);
          };
      at = graph.add(layer, at);
      if (random.nextInt(3) == 0) {
        at = graph.add(new Layer.Concatenate(), at, skipped);
        skipped = at;
      }
    }
    at = graph.add(new Layer.GlobalPooling(POOLS.get(random.nextInt(2))), at);
    if (random.nextBoolean()) {
      at = graph.add(new Layer.Dense(16, true), at);
      Layer.Function[] functions = Layer.Function.values();
      at = graph.add(new Layer.Activation(functions[random.nextInt(functions.length)]), at);
    }
    return graph.output(10, at);
  }

  @Test
  void between_randomNetworks_isSymmetricBoundedAndZeroOnEquals() {
    var random = new Random(9);
    for (int i = 0; i < 60; i++) {
      Architecture first = random(random);
      Architecture second = random(random);
      Architecture third = random(random);
      double between = distance.between(first, second);

      assertThat(distance.between(second, first)).isCloseTo(between, within(1e-6));
      assertThat(distance.between(first, first)).isCloseTo(0, within(1e-6));
      assertThat(distance.normalized(first, second)).isBetween(-1e-9, 1 + 1e-9);
      assertThat(distance.between(first, third) + distance.between(third, second))
          .isGreaterThan(between - 1e-6);
    }
  }

  @Test
  void of_network_hasMassesAndPaths() {
    Architecture.Builder graph = Architecture.builder(Shape.image(3, 8, 8));
    String conv = graph.add(new Layer.Convolution(20, Window.square(3), true), graph.input());
    String norm = graph.add(new Layer.BatchNormalization(), conv);
    String pool = graph.add(new Layer.Pooling(Layer.Pool.MAX, Window.square(3)), norm);
    String sum = graph.add(new Layer.Add(), pool, norm);
    String vector = graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), sum);
    String dense = graph.add(new Layer.Dense(50, true), vector);
    String tanh = graph.add(new Layer.Activation(Layer.Function.TANH), dense);

    List<MassiveLayer> layers = MassiveLayer.of(graph.output(10, tanh));

    assertThat(layers.stream().map(MassiveLayer::mass))
        .containsExactly(100.0, 60.0, 20.0, 20.0, 100.0, 200.0);
    assertThat(layers.get(4).label()).isEqualTo(new LayerLabel(Kind.DENSE, "TANH", 0));
    List<Double> paths = layers.get(3).paths(); // of the global pooling
    assertThat(paths).startsWith(3.0, 4.0, 3.5, 3.0, 3.0, 3.0); // all: to it, from it
    assertThat(paths).endsWith(0.0, 0.0, 0.0, 1.0, 1.0, 1.0); // dense
  }

  @Test
  void withStructureWeight_negative_isRefused() {
    assertThatThrownBy(() -> TransportDistance.withStructureWeight(Double.NaN))
        .hasMessage(
            "The structure's weight in a distance must be at least 0 and finite, but was NaN. Maybe 0.25.");
  }
}
