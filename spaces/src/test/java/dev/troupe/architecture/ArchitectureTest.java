package dev.troupe.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.troupe.architecture.Layer.Activation;
import dev.troupe.architecture.Layer.Add;
import dev.troupe.architecture.Layer.BatchNormalization;
import dev.troupe.architecture.Layer.Concatenate;
import dev.troupe.architecture.Layer.Convolution;
import dev.troupe.architecture.Layer.Dense;
import dev.troupe.architecture.Layer.DepthwiseConvolution;
import dev.troupe.architecture.Layer.Flatten;
import dev.troupe.architecture.Layer.GatedAdd;
import dev.troupe.architecture.Layer.GlobalPooling;
import dev.troupe.architecture.Layer.Identity;
import dev.troupe.architecture.Layer.Input;
import dev.troupe.architecture.Layer.Output;
import dev.troupe.architecture.Layer.Pad;
import dev.troupe.architecture.Layer.Pool;
import dev.troupe.architecture.Layer.Pooling;
import dev.troupe.architecture.Layer.SeparableConvolution;
import dev.troupe.architecture.Layer.Shift;
import dev.troupe.architecture.Layer.Zero;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

  private static final Layer RELU = new Activation(Layer.Function.RELU);

  private static Convolution conv(int filters, int side) {
    return new Convolution(filters, Window.square(side), true);
  }

  /** Two branches and a shortcut: conv - relu - (conv3 | conv1 | -) added, pooled, put out. */
  private static List<Node> branching() {
    return List.of(
        Node.of("input", new Input(Shape.image(3, 32, 32))),
        Node.of("stem", conv(8, 3), "input"),
        Node.of("relu", RELU, "stem"),
        Node.of("left", conv(8, 3), "relu"),
        Node.of("right", conv(8, 1), "relu"),
        Node.of("sum", new Add(), "left", "right", "relu"),
        Node.of("pool", new GlobalPooling(Pool.AVERAGE), "sum"),
        Node.of("output", new Output(10), "pool"));
  }

  private static Node named(List<Node> nodes, String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<Node> with(List<Node> nodes, Node changed) {
    var copy = new ArrayList<>(nodes);
    copy.replaceAll(node -> node.name().equals(changed.name()) ? changed : node);
    return copy;
  }

  private static List<Node> and(List<Node> nodes, Node... more) {
    var copy = new ArrayList<>(nodes);
    Collections.addAll(copy, more);
    return copy;
  }

  // Shapes and counts

  @Test
  void of_branches_infersShapesAndCounts() {
    Architecture architecture = Architecture.of(branching());
    assertThat(architecture.shape("sum")).isEqualTo(Shape.image(8, 32, 32));
    assertThat(architecture.outputs()).isEqualTo(10);
    long stem = 8 * (3 * 9 + 1);
    long left = 8 * (8 * 9 + 1);
    long right = 8 * (8 + 1);
    assertThat(architecture.parameters()).isEqualTo(stem + left + right + 8 * 10 + 10);
    assertThat(architecture.multiplyAdds()).isEqualTo(1024 * (8 * 27 + 8 * 72 + 8 * 8) + 80);
  }

  @ParameterizedTest
  @CsvSource({
    "32, 2, 2, 16",
    "32, 3, 2, 15",
    "32, 5, 3, 10",
    "15, 5, 3, 4",
    "7, 3, 2, 3",
    "3, 3, 2, 1"
  })
  void pooling_inside_hasPositionsThatFit(int side, int kernel, int stride, int expected) {
    Window window = Window.square(kernel).withStride(stride).inside();
    Layer pooling = new Pooling(Pool.MAX, window);
    assertThat(pooling.outputShape(List.of(Shape.image(4, side, side))))
        .isEqualTo(Shape.image(4, expected, expected));
  }

  @ParameterizedTest
  @CsvSource({"8, 3, 1, 8, 1", "8, 3, 2, 4, 0", "7, 3, 2, 4, 1", "8, 1, 2, 4, 0", "1, 3, 2, 1, 1"})
  void window_same_coversTheInputFromItsPadding(
      int side, int kernel, int stride, int expected, int above) {
    Window window = Window.square(kernel).withStride(stride);
    assertThat(window.over(Shape.image(1, side, side)).height()).isEqualTo(expected);
    assertThat(window.paddingAbove(side)).isEqualTo(above);
    assertThat(window.paddingLeft(side)).isEqualTo(above);
  }

  @Test
  void layers_ofEachKind_countWhatTheyTrain() {
    List<Shape> picture = List.of(Shape.image(4, 6, 5));
    assertThat(new DepthwiseConvolution(Window.square(3), true).parameters(picture))
        .isEqualTo(4 * 10);
    assertThat(new SeparableConvolution(7, Window.square(5), false).parameters(picture))
        .isEqualTo(4 * 25 + 7 * 4);
    assertThat(new Convolution(7, Window.of(1, 7).withDilation(2), false).parameters(picture))
        .isEqualTo(7 * 4 * 7);
    assertThat(new BatchNormalization().parameters(picture)).isEqualTo(8);
    assertThat(new BatchNormalization().tensors(picture)).hasSize(4);
    assertThat(new Dense(3, false).parameters(List.of(Shape.vector(5)))).isEqualTo(15);
    assertThat(new GatedAdd().parameters(List.of(picture.get(0), picture.get(0)))).isEqualTo(2);
    assertThat(
            new SeparableConvolution(7, Window.square(5).withStride(2), true).multiplyAdds(picture))
        .isEqualTo(4 * 9 * (25 + 7));
  }

  @Test
  void layers_withoutWeights_keepOrChangeSides() {
    List<Shape> picture = List.of(Shape.image(4, 6, 5));
    assertThat(new Zero(2).outputShape(picture)).isEqualTo(Shape.image(4, 3, 3));
    assertThat(new Shift(1, 1).outputShape(picture)).isEqualTo(picture.get(0));
    assertThat(new Pad(8, 8).outputShape(picture)).isEqualTo(Shape.image(4, 8, 8));
    assertThat(new Flatten().outputShape(picture)).isEqualTo(Shape.vector(120));
    assertThat(new Concatenate().outputShape(List.of(picture.get(0), Shape.image(3, 6, 5))))
        .isEqualTo(Shape.image(7, 6, 5));
  }

  // Order

  @Test
  void of_anyOrder_sortsTopologically() {
    var reversed = new ArrayList<>(branching());
    Collections.reverse(reversed);
    Architecture architecture = Architecture.of(reversed);
    for (int i = 0; i < architecture.size(); i++) {
      for (int input : architecture.inputs(i)) {
        assertThat(input).isLessThan(i);
        assertThat(architecture.consumers(input)).contains(i);
      }
    }
    assertThat(architecture.input()).isEqualTo("input");
    assertThat(architecture.output()).isEqualTo("output");
  }

  @Test
  void pruned_unusedBranch_leavesItOut() {
    List<Node> nodes = and(branching(), Node.of("aside", conv(4, 3), "stem"));
    assertThat(Architecture.pruned(nodes, "output")).isEqualTo(Architecture.of(branching()));
  }

  // Hash

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void hash_renamedAndReordered_isEqual(long seed) {
    Architecture architecture = Architecture.of(branching());
    var random = new Random(seed);
    var renamed = new ArrayList<Node>();
    for (Node node : architecture.nodes()) {
      var inputs = new ArrayList<>(node.inputs());
      Collections.shuffle(inputs, random);
      renamed.add(
          new Node(
              "n" + seed + node.name(),
              node.layer(),
              inputs.stream().map(i -> "n" + seed + i).toList()));
    }
    Collections.shuffle(renamed, random);
    assertThat(Architecture.of(renamed).hash()).isEqualTo(architecture.hash());
  }

  @Test
  void hash_otherAttribute_differs() {
    var hashes = new ArrayList<String>();
    hashes.add(Architecture.of(branching()).hash());
    hashes.add(Architecture.of(with(branching(), Node.of("left", conv(8, 5), "relu"))).hash());
    hashes.add(Architecture.of(with(branching(), Node.of("left", conv(8, 3), "stem"))).hash());
    hashes.add(
        Architecture.of(with(branching(), Node.of("sum", new Add(), "left", "right"))).hash());
    hashes.add(
        Architecture.of(
                with(branching(), Node.of("relu", new Activation(Layer.Function.ELU), "stem")))
            .hash());
    assertThat(hashes).doesNotHaveDuplicates();
  }

  @Test
  void hash_sharedAndDoubledLayer_differ() {
    // Both unfold to the same tree of layers: only the number of layers tells them apart.
    List<Node> shared = with(branching(), Node.of("sum", new Add(), "left", "left", "relu"));
    shared.removeIf(node -> node.name().equals("right"));
    List<Node> doubled = with(branching(), Node.of("right", conv(8, 3), "relu"));
    assertThat(Architecture.of(shared).hash()).isNotEqualTo(Architecture.of(doubled).hash());
  }

  @Test
  void hash_ringsThatColoursCannotTellApart_differ() {
    // Six layers read from six others in one ring of twelve, or in two rings of six.
    String one = rings(new int[] {1, 2, 3, 4, 5, 0}).hash();
    String two = rings(new int[] {1, 2, 0, 4, 5, 3}).hash();
    assertThat(one).isNotEqualTo(two);
    assertThat(rings(new int[] {2, 4, 1, 5, 3, 0}).hash()).isEqualTo(one);
    assertThat(rings(new int[] {2, 3, 4, 5, 0, 1}).hash()).isEqualTo(two);
  }

  /** Layer i of the upper row adds those of the lower row with the numbers i and next[i]. */
  private static Architecture rings(int[] next) {
    Architecture.Builder graph = Architecture.builder(Shape.vector(4));
    var lower = new ArrayList<String>();
    var upper = new ArrayList<String>();
    for (int i = 0; i < next.length; i++) {
      lower.add(graph.add(new Dense(4, true), graph.input()));
    }
    for (int i = 0; i < next.length; i++) {
      upper.add(graph.add(new Add(), lower.get(i), lower.get(next[i])));
    }
    return graph.output(2, graph.add(new Add(), upper));
  }

  @Test
  void hash_manyEqualBranches_isFoundForAnyOrder() {
    assertThat(fan(30, 0).hash()).isEqualTo(fan(30, 7).hash());
    assertThat(fan(30, 0).hash()).isNotEqualTo(fan(29, 0).hash());
    assertThat(fan(400, 0).hash()).isEqualTo(fan(400, 7).hash());
  }

  private static Architecture fan(int branches, long seed) {
    Architecture.Builder graph = Architecture.builder(Shape.vector(4));
    var ends = new ArrayList<String>();
    for (int i = 0; i < branches; i++) {
      ends.add(graph.add(RELU, graph.add(new Dense(4, true), graph.input())));
    }
    Collections.shuffle(ends, new Random(seed));
    var nodes = new ArrayList<>(graph.output(2, graph.add(new Add(), ends)).nodes());
    Collections.shuffle(nodes, new Random(seed));
    return Architecture.of(nodes);
  }

  // JSON

  @Test
  void json_everyKindOfLayer_comesBackEqual() {
    Architecture.Builder graph = Architecture.builder(Shape.image(2, 9, 7));
    String at = graph.add(conv(4, 3), graph.input());
    at = graph.add(new DepthwiseConvolution(Window.of(1, 7), false), at);
    at = graph.add(new SeparableConvolution(6, Window.square(3).withStride(2, 1), true), at);
    at = graph.add(new Convolution(6, Window.square(3).withDilation(2), false), at);
    at = graph.add(new BatchNormalization(), at);
    at = graph.add(new Activation(Layer.Function.LEAKY_RELU), at);
    String pooled = graph.add(new Pooling(Pool.AVERAGE, Window.square(2).inside()), at);
    String padded = graph.add(new Pad(5, 7), pooled);
    String zero = graph.add(new Zero(1), at);
    String shifted = graph.add(new Shift(1, 0), at);
    String gated = graph.add(new GatedAdd(), padded, zero, shifted);
    String mean = graph.add(new Layer.Mean(), gated, graph.add(new Identity(), at));
    String both = graph.add(new Concatenate(), mean, graph.add(new Add(), at, at));
    String flat = graph.add(new Layer.Dropout(0.25), graph.add(new Flatten(), both));
    String dense = graph.add(new Dense(5, true), flat);
    String global = graph.add(new GlobalPooling(Pool.MAX), both);
    Architecture architecture = graph.output(3, graph.add(new Concatenate(), dense, global));
    Architecture read = Architecture.fromJson(architecture.toJson());
    assertThat(read).isEqualTo(architecture).hasSameHashCodeAs(architecture);
    assertThat(read.toJson()).isEqualTo(architecture.toJson());
    assertThat(read.hash()).isEqualTo(architecture.hash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                    | must be JSON",
        "{\"layers\":[]}                                      | schema must be set",
        "{\"schema\":2,\"layers\":[]}                         | must be from 1 to 1",
        "{\"schema\":1}                                       | must be a list of blocks",
        "{\"schema\":1,\"layers\":3}                          | must be a list of blocks",
        "{\"schema\":1,\"layers\":[]}                         | needs one input",
        "{\"schema\":1,\"layers\":[{\"layer\":\"dense\"}]}    | name must be set",
        "{\"schema\":1,\"layers\":[{\"name\":\"a\",\"layer\":\"dence\"}]} | Maybe 'dense'",
        "{\"schema\":1,\"layers\":[{\"name\":\"a\",\"layer\":\"dense\"}]} | units must be set",
        "{\"schema\":1,\"layers\":[{\"name\":\"a\",\"layer\":\"dense\",\"units\":1.5}]} | whole number",
        "{\"schema\":1,\"layers\":[{\"name\":\"a\",\"layer\":\"dense\",\"units\":0}]} | at least 1",
        "{\"schema\":1,\"layers\":[{\"name\":\"a\",\"layer\":\"dense\",\"units\":1,\"unit\":2}]} | Maybe 'units'",
        "{\"schema\":1,\"layers\":[{\"name\":\"a\",\"layer\":\"convolution\",\"filters\":1,\"kernel\":[3]}]} | two whole numbers",
        "{\"schema\":1,\"layers\":[{\"name\":\"a b\",\"layer\":\"add\"}]} | letters, digits",
        "{\"schema\":1,\"layers\":[],\"more\":1}              | more is not a key"
      })
  void json_wrong_isRefusedWithTheRule(String json, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architecture.fromJson(json))
        .withMessageContaining(message);
  }

  // Wrong graphs

  private static void assertRefused(List<Node> nodes, String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architecture.of(nodes))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).contains("Maybe"));
  }

  @Test
  void of_cycle_namesIt() {
    assertRefused(
        with(branching(), Node.of("relu", new Add(), "stem", "sum")),
        "no cycle",
        "'relu' reads 'sum'");
    assertRefused(with(branching(), Node.of("left", new Add(), "left")), "'left' reads 'left'");
  }

  @Test
  void of_wrongEnds_saysHowMany() {
    assertRefused(and(branching(), Node.of("more", new Output(2), "pool")), "one output", "2");
    assertRefused(
        and(branching(), Node.of("again", new Input(Shape.vector(3)))), "one input", "'again'");
    assertRefused(branching().subList(0, 7), "needs one output", "7 layers");
    assertRefused(List.of(), "needs one input");
    assertRefused(
        and(
            branching(),
            Node.of("after", RELU, "output"),
            Node.of("x", new Dense(1, true), "after")),
        "must be the end");
  }

  @Test
  void of_danglingLayer_namesIt() {
    assertRefused(
        and(branching(), Node.of("aside", conv(4, 3), "stem")),
        "'aside' (convolution of 'stem')",
        "nothing reads it");
  }

  @Test
  void of_unknownOrDoubledName_namesIt() {
    assertRefused(with(branching(), Node.of("left", conv(8, 3), "rely")), "reads 'rely'", "'relu'");
    assertRefused(and(branching(), named(branching(), "stem")), "'stem'", "occur once");
  }

  @Test
  void of_shapeClash_namesLayerAndBothShapes() {
    assertRefused(
        with(branching(), Node.of("right", conv(16, 1), "relu")),
        "'sum' (add of 'left', 'right', 'relu')",
        "8 x 32 x 32",
        "16 x 32 x 32",
        "1x1 convolution");
    assertRefused(
        with(branching(), Node.of("pool", new Identity(), "sum")),
        "'output'",
        "takes a vector",
        "8 x 32 x 32");
    Layer large = new Pooling(Pool.MAX, Window.square(33).inside());
    assertRefused(with(branching(), Node.of("relu", large, "stem")), "33 x 33", "8 x 32 x 32");
  }

  @Test
  void of_wrongNumberOfInputs_saysHowMany() {
    assertRefused(
        with(branching(), Node.of("left", conv(8, 3), "relu", "stem")), "exactly 1 input");
    assertRefused(with(branching(), Node.of("sum", new Add())), "at least 1 input");
  }

  @Test
  void of_uncountableSize_isRefused() {
    Layer huge = new Dense(Integer.MAX_VALUE, true);
    List<Node> nodes =
        List.of(
            Node.of("input", new Input(Shape.vector(Integer.MAX_VALUE))),
            Node.of("a", huge, "input"),
            Node.of("b", huge, "a"),
            Node.of("c", huge, "b"),
            Node.of("output", new Output(1), "c"));
    assertRefused(nodes, "exceeds 64 bits");
  }

  @Test
  void of_tenThousandLayers_worksThroughout() {
    Architecture.Builder graph = Architecture.builder(Shape.vector(4));
    String at = graph.input();
    for (int i = 0; i < 10_000; i++) {
      at = graph.add(new Dense(4, true), at);
    }
    Architecture architecture = graph.output(2, at);
    assertThat(architecture.parameters()).isEqualTo(10_000 * 20 + 10);
    var shuffled = new ArrayList<>(architecture.nodes());
    Collections.shuffle(shuffled, new Random(1));
    assertThat(Architecture.of(shuffled).hash()).isEqualTo(architecture.hash());
    assertThat(Architecture.fromJson(architecture.toJson())).isEqualTo(architecture);
    Node first = Node.of("dense-1", new Dense(4, true), "dense-10000");
    assertRefused(with(architecture.nodes(), first), "no cycle", "10000 layers");
  }
}
