package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ForwardPass;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Node;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import dev.troupe.architecture.WorkedExamples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The morphisms on examples that were worked out independently. */
class WorkedMorphismsTest {

  private static final Offset<Double> TEN_DIGITS = within(1e-9);
  private static final double[] X = {1, 2};

  /** The network of the examples: 2 numbers, 3 hidden units with relu, 2 outputs. */
  private static Exactness network() {
    Architecture architecture =
        Architecture.of(
            List.of(
                Node.of("input", new Layer.Input(Shape.vector(2))),
                Node.of("hidden", new Layer.Dense(3, true), "input"),
                Node.of("relu", new Layer.Activation(Layer.Function.RELU), "hidden"),
                Node.of("output", new Layer.Output(2), "relu")));
    Map<TensorKey, double[]> weights = new HashMap<>();
    weights.put(new TensorKey("hidden", "weights"), new double[] {.5, -.2, .3, .1, .4, -.6});
    weights.put(new TensorKey("hidden", "bias"), new double[] {.1, 0, .2});
    weights.put(new TensorKey("output", "weights"), new double[] {1, -1, .5, .2, -.3, .8});
    weights.put(new TensorKey("output", "bias"), new double[] {.05, -.05});
    return new Exactness(architecture, weights);
  }

  private static double[] numbers(Config config, String key) {
    return config.getDoubleList(WorkedExamples.key(key)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  @Test
  void widen_ofExample_splitsTheWeightsOfCopies() {
    Config expected = WorkedExamples.expected("NM-1");
    Exactness network = network();
    assertThat(network.outputs(X)).containsExactly(numbers(expected, "y before"), TEN_DIGITS);

    AxisMap map = AxisMap.copying(3, new int[] {0, 1, 2, 1}, Widen.Mode.SPLIT);
    Morphism morphism = new Widen("hidden", 4, Widen.Mode.SPLIT, 0);
    network.take(
        Widening.of(network.architecture(), network.architecture().index("hidden"), map)
            .morphed(morphism));

    double[] rows =
        expected.getList(WorkedExamples.key("new W2")).stream()
            .flatMap(row -> ((List<?>) row.unwrapped()).stream())
            .mapToDouble(value -> ((Number) value).doubleValue())
            .toArray();
    assertThat(network.weights("output", "weights")).containsExactly(rows, TEN_DIGITS);
    assertThat(network.outputs(X))
        .containsExactly(numbers(expected, "y after"), within(4 * Math.ulp(1.15)));
  }

  @Test
  void widen_byZero_keepsTheOriginalsAndAddsZeros() {
    Exactness network = network();
    network.take(new Widen("hidden", 5, Widen.Mode.ZERO, 3).apply(network.architecture()));
    assertThat(network.weights("output", "weights"))
        .containsExactly(1, -1, .5, .2, -.3, .8, 0, 0, 0, 0);
    assertThat(network.outputs(X))
        .containsExactly(numbers(WorkedExamples.expected("NM-1"), "y after"), TEN_DIGITS);
  }

  @Test
  void deepenAndAddSkip_ofExample_keepTheOutputs() {
    Config expected = WorkedExamples.expected("NM-2");
    Exactness network = network();
    network.take(
        new Deepen("relu", Morphism.Form.DENSE, 1, false, Layer.Function.RELU)
            .apply(network.architecture()));
    assertThat(network.outputs(X)).containsExactly(numbers(expected, "y deeper"), TEN_DIGITS);

    Exactness other = network();
    other.take(new AddSkip("input", "hidden").apply(other.architecture()));
    assertThat(other.architecture().parameters())
        .isEqualTo(network().architecture().parameters() + 2 * 3);
    assertThat(other.outputs(X)).containsExactly(numbers(expected, "y skip-add"), TEN_DIGITS);
  }

  @Test
  void concatenateSkip_ofExample_givesTheHiddenValues() {
    Config expected = WorkedExamples.expected("NM-3");
    Exactness network = network();
    network.take(new ConcatenateSkip("input", "relu").apply(network.architecture()));
    List<double[]> values = ForwardPass.all(network.architecture(), network::weights, X);
    int projection = network.architecture().size() - 2;
    assertThat(network.architecture().layer(projection)).isEqualTo(new Layer.Dense(3, false));
    assertThat(values.get(network.architecture().index("relu")))
        .containsExactly(numbers(expected, "h"), TEN_DIGITS);
    assertThat(values.get(projection)).containsExactly(numbers(expected, "after"), TEN_DIGITS);
  }

  @Test
  void identityNormalization_ofExample_passesOnWhatItReads() {
    Config expected = WorkedExamples.expected("NM-4");
    var identity = new IdentityNormalization(.3, .25);
    assertThat(identity.gain()).isEqualTo(expected.getDouble("gamma"), TEN_DIGITS);
    assertThat(identity.shift()).isEqualTo(expected.getDouble("beta"), TEN_DIGITS);

    Architecture.Builder graph = Architecture.builder(Shape.vector(1));
    String norm = graph.add(new Layer.BatchNormalization(), graph.input());
    Architecture architecture = graph.output(1, norm);
    Map<String, Double> weights =
        Map.of(
            "gain", identity.gain(),
            "shift", identity.shift(),
            "mean", identity.mean(),
            "variance", identity.variance(),
            "weights", 1.0,
            "bias", 0.0);
    assertThat(
            ForwardPass.run(
                architecture,
                (node, tensor) -> new double[] {requireNonNull(weights.get(tensor))},
                new double[] {.7}))
        .containsExactly(
            new double[] {expected.getDouble(WorkedExamples.key("BN(0.7)"))}, TEN_DIGITS);
  }

  @Test
  void deepen_ofExample_insertsAnIdentityConvolution() {
    Config expected = WorkedExamples.expected("NM-5");
    Architecture.Builder graph = Architecture.builder(Shape.image(1, 3, 3));
    Architecture before = graph.output(9, graph.add(new Layer.Flatten(), graph.input()));
    var network = new Exactness(before, RandomNetworks.weights(before, 1));
    network.take(new Deepen("input", Morphism.Form.CONVOLUTION, 3, false, null).apply(before));
    double[] image = IntStream.range(0, 9).mapToDouble(i -> i).toArray();
    List<double[]> values = ForwardPass.all(network.architecture(), network::weights, image);
    assertThat(expected.getBoolean(WorkedExamples.key("output equals input"))).isTrue();
    assertThat(values.get(1)).isEqualTo(image);

    var layer = new Layer.Convolution(4, Window.square(3), true);
    assertThat(layer.parameters(List.of(Shape.image(4, 8, 8))))
        .isEqualTo(
            expected.getLong(
                WorkedExamples.key("parameters of a C->C 3x3 identity conv with bias, C=4")));
  }
}
