package dev.troupe.architecture.distance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Node;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import dev.troupe.architecture.distance.NetworkOutline.Skip;
import dev.troupe.architecture.distance.NetworkOutline.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkOutlineTest {

  private static Layer conv(int width, int kernel) {
    return new Layer.Convolution(width, Window.square(kernel), true);
  }

  /** Two residual blocks, the second with a projection, and a skip that is concatenated. */
  private static Architecture residual() {
    Architecture.Builder graph = Architecture.builder(Shape.image(3, 8, 8));
    String first = graph.add(conv(8, 3), graph.input());
    String second = graph.add(conv(8, 3), first);
    String relu = graph.add(new Layer.Activation(Layer.Function.RELU), second);
    String sum = graph.add(new Layer.Add(), relu, first);
    String third = graph.add(conv(16, 5), sum);
    String fourth = graph.add(conv(16, 5), third);
    String projection = graph.add(conv(16, 1), sum);
    String sum2 = graph.add(new Layer.Add(), projection, fourth);
    String wide = graph.add(new Layer.Concatenate(), sum2, first);
    String pool = graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), wide);
    String dense = graph.add(new Layer.Dense(32, true), pool);
    return graph.output(10, dense);
  }

  @Test
  void of_residualNetwork_hasItsChainAndSkips() {
    NetworkOutline outline = NetworkOutline.of(residual());

    assertThat(outline.stages())
        .containsExactly(
            Stage.of("convolution", 8, 8, 3, 3, 1, 1),
            Stage.of("convolution", 8, 8, 3, 3, 1, 1),
            Stage.of("relu"),
            Stage.of("convolution", 16, 16, 5, 5, 1, 1),
            Stage.of("convolution", 16, 16, 5, 5, 1, 1),
            Stage.of("average global-pooling"),
            Stage.of("dense", 32));
    assertThat(outline.skips())
        .containsExactlyInAnyOrder(
            new Skip(1, 3, "add"), new Skip(3, 5, "add"), new Skip(1, 5, "concatenate"));
  }

  @Test
  void of_renamedAndReordered_isAtDistanceZero() {
    Architecture architecture = residual();
    var random = new Random(5);
    for (int round = 0; round < 20; round++) {
      var nodes = new ArrayList<Node>();
      for (Node node : architecture.nodes()) {
        var inputs = new ArrayList<String>();
        node.inputs().forEach(input -> inputs.add("x-" + input));
        if (node.layer() instanceof Layer.Add) {
          Collections.shuffle(inputs, random);
        }
        nodes.add(new Node("x-" + node.name(), node.layer(), inputs));
      }
      Collections.shuffle(nodes, random);

      assertThat(EditDistance.standard().between(architecture, Architecture.of(nodes))).isZero();
    }
  }

  @Test
  void of_branchesOfOneLength_doesNotDependOnTheirOrder() {
    List<Node> nodes =
        List.of(
            Node.of("input", new Layer.Input(Shape.image(3, 8, 8))),
            Node.of("a", conv(8, 3), "input"),
            Node.of("b", conv(8, 5), "input"),
            Node.of("sum", new Layer.Add(), "a", "b"),
            Node.of("pool", new Layer.GlobalPooling(Layer.Pool.MAX), "sum"),
            Node.of("output", new Layer.Output(2), "pool"));
    var swapped = new ArrayList<Node>(nodes);
    swapped.set(3, Node.of("sum", new Layer.Add(), "b", "a"));

    assertThat(NetworkOutline.of(Architecture.of(swapped)))
        .isEqualTo(NetworkOutline.of(Architecture.of(nodes)));
  }

  @Test
  void of_sumOfOneNodeTwice_hasASkipOfNoLength() {
    Architecture.Builder graph = Architecture.builder(Shape.vector(4));
    String dense = graph.add(new Layer.Dense(4, true), graph.input());
    String sum = graph.add(new Layer.Add(), dense, dense);

    NetworkOutline outline = NetworkOutline.of(graph.output(2, sum));

    assertThat(outline.skips()).containsExactly(new Skip(1, 1, "add"));
    assertThat(EditDistance.standard().between(outline, outline)).isZero();
  }

  @Test
  void of_tenThousandLayers_isFound() {
    Architecture.Builder graph = Architecture.builder(Shape.vector(2));
    String at = graph.input();
    for (int i = 0; i < 10_000; i++) {
      at = graph.add(new Layer.Dense(2, true), at);
    }

    assertThat(NetworkOutline.of(graph.output(2, at)).stages()).hasSize(10_000);
  }
}
