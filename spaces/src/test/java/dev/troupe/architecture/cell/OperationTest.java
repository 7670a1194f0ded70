package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {

  private static Architecture.Builder graph(int channels, int height, int width) {
    return Architecture.builder(Shape.image(channels, height, width));
  }

  @ParameterizedTest
  @EnumSource
  void addTo_anyStrideAndWidth_hasTheShapeThatIsAskedFor(Operation operation) {
    for (int[] sides : new int[][] {{8, 8}, {7, 5}, {1, 6}, {2, 1}, {1, 1}}) {
      for (int stride = 1; stride <= 2; stride++) {
        for (int channels : new int[] {1, 4, 5}) {
          Architecture.Builder graph = graph(4, sides[0], sides[1]);
          String last = operation.addTo(graph, "x", graph.input(), channels, stride);

          assertThat(graph.shape(last))
              .isEqualTo(
                  Shape.image(
                      channels,
                      (sides[0] + stride - 1) / stride,
                      (sides[1] + stride - 1) / stride));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none,1,zero",
    "none,2,zero /2",
    "skip,1,identity",
    "conv3x3,2,'relu; conv 3x3/2, 4; batch norm'",
    "conv1x7-7x1,2,'relu; conv 1x7/1x2, 4; conv 7x1/2x1, 4; batch norm'",
    "sep5x5,2,'relu; depthwise 5x5/2; conv 1x1, 4; batch norm; relu; depthwise 5x5; conv 1x1, 4; batch norm'",
    "dil3x3,1,'relu; depthwise 3x3 dilated 2; conv 1x1, 4; batch norm'",
    "depthwise3x3,1,'relu; depthwise 3x3; batch norm'",
    "max5x5,2,max pool 5x5/2",
    "avg3x3,1,avg pool 3x3",
    "skip,2,'relu; conv 1x1/2, 2; shift 1, 1; conv 1x1/2, 2; concat; batch norm'"
  })
  void addTo_equalWidth_isTheChainOfTheMethod(String name, int stride, String chain) {
    Architecture.Builder graph = graph(4, 8, 8);
    String last = Operation.of(name).addTo(graph, "x", graph.input(), 4, stride);
    Architecture architecture =
        graph.output(2, graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), last));
    List<String> labels =
        new ArrayList<>(architecture.nodes().stream().map(node -> node.layer().label()).toList());

    assertThat(String.join("; ", labels.subList(1, labels.size() - 2))).isEqualTo(chain);
  }

  @Test
  void addTo_poolingOfOtherWidth_isProjectedFirst() {
    Architecture.Builder graph = graph(3, 8, 8);
    String last = Operation.MAX_3X3.addTo(graph, "a/b", graph.input(), 5, 1);

    assertThat(last).isEqualTo("a/b/pooling");
    assertThat(graph.shape("a/b/batch-normalization")).isEqualTo(Shape.image(5, 8, 8));
  }

  @Test
  void addTo_stride3_isRefused() {
    Architecture.Builder graph = graph(3, 8, 8);
    assertThatThrownBy(() -> Operation.SKIP.addTo(graph, "x", graph.input(), 3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Operation 'skip': a stride must be 1 or 2, but was 3. Maybe 1.");
  }

  @Test
  void of_names_findsEach() {
    for (Operation operation : Operation.values()) {
      assertThat(Operation.of(operation.text())).isEqualTo(operation);
    }
    assertThat(Operation.of("identity")).isEqualTo(Operation.SKIP);
    assertThatThrownBy(() -> Operation.of("sep3x4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no operation 'sep3x4'. Maybe 'sep3x3'.");
  }

  @Test
  void listOf_emptyOrTwice_isRefused() {
    assertThatThrownBy(() -> Operation.listOf(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("list was empty");
    assertThatThrownBy(() -> Operation.listOf(List.of("skip", "identity")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'skip' occurs again");
  }
}
