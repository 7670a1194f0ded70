package dev.troupe.architecture.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Node;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import dev.troupe.settings.Providers;
import dev.troupe.space.Configuration;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DrawingTest {

  private static Stream<Arguments> networks() {
    var networks = new ArrayList<Arguments>();
    networks.add(Arguments.of("cell", Networks.nasnetCell()));
    networks.add(Arguments.of("macro network", Networks.macro(12, 5)));
    networks.add(Arguments.of("morphed network", Networks.morphed()));
    networks.add(Arguments.of("wired network", Networks.wired(32, 4)));
    networks.add(Arguments.of("sums of all", Networks.dense(20)));
    networks.add(Arguments.of("10,000 layers", Networks.deep(10_000, 7)));
    networks.add(Arguments.of("long skips", Networks.deep(3_000, 500)));
    networks.add(Arguments.of("nothing but ends", Networks.deep(0, 1)));
    var random = new Random(7);
    var task = new NetworkTask(Shape.image(3, 32, 32), 10);
    for (ArchitectureSpaceProvider space : Providers.all(ArchitectureSpaceProvider.class)) {
      ArchitectureSpace created = ArchitectureSpaces.named(space.name(), task, Map.of());
      for (int i = 0; i < 3; i++) {
        Configuration sample = created.searchSpace().sample(random);
        networks.add(Arguments.of(space.name(), created.instance(sample)));
      }
    }
    return networks.stream();
  }

  private static Document parsed(String svg) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new AssertionError("The drawing is not XML: " + e.getMessage(), e);
    }
  }

  /** A box's upper left and lower right corners. */
  private record Rectangle(double left, double top, double right, double bottom) {
    static Rectangle of(Element rect) {
      double x = number(rect, "x");
      double y = number(rect, "y");
      return new Rectangle(x, y, x + number(rect, "width"), y + number(rect, "height"));
    }

    private static double number(Element rect, String name) {
      return Double.parseDouble(rect.getAttribute(name));
    }

    boolean overlaps(Rectangle other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
  }

  private static List<Rectangle> boxes(Document svg) {
    var boxes = new ArrayList<Rectangle>();
    NodeList rects = svg.getElementsByTagName("rect");
    for (int i = 1; i < rects.getLength(); i++) { // the first is the paper
      boxes.add(Rectangle.of((Element) rects.item(i)));
    }
    return boxes;
  }

  private static List<String> namedLayers(Document svg) {
    var names = new ArrayList<String>();
    NodeList titles = svg.getElementsByTagName("title");
    for (int i = 1; i < titles.getLength(); i++) { // the first is that of the drawing
      titles.item(i).getTextContent().lines().map(line -> line.split(":")[0]).forEach(names::add);
    }
    return names;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void svg_ofNetwork_showsAllInsideAndApart(String name, Architecture architecture) {
    for (Drawing drawing : List.of(Drawing.of(architecture), Drawing.of(architecture).unfolded())) {
      Document svg = parsed(drawing.svg());
      String[] view = svg.getDocumentElement().getAttribute("viewBox").split(" ");
      List<Rectangle> boxes = boxes(svg);

      assertThat(namedLayers(svg))
          .containsExactlyInAnyOrderElementsOf(
              architecture.nodes().stream().map(Node::name).toList());
      for (int i = 0; i < boxes.size(); i++) {
        Rectangle box = boxes.get(i);
        assertThat(box.left()).isNotNegative();
        assertThat(box.top()).isNotNegative();
        assertThat(box.right()).isLessThanOrEqualTo(Double.parseDouble(view[2]));
        assertThat(box.bottom()).isLessThanOrEqualTo(Double.parseDouble(view[3]));
        for (int j = Math.max(0, i - 300); j < i; j++) {
          assertThat(box.overlaps(boxes.get(j))).as("%s and %s", box, boxes.get(j)).isFalse();
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void svg_twice_isTheSame(String name, Architecture architecture) {
    Architecture copy = Architecture.fromJson(architecture.toJson());

    assertThat(Drawing.of(copy).svg()).isEqualTo(Drawing.of(architecture).svg());
  }

  @Test
  void svg_exampleDrawings_referToNothingElse() {
    ExampleDrawings.all()
        .forEach(
            (name, drawing) -> {
              assertThat(drawing.svg())
                  .as(name)
                  .doesNotContain("script", "href", "url(", "style", "NaN", "Infinity");
              assertThat(boxes(parsed(drawing.svg()))).hasSizeGreaterThan(10);
            });
  }

  @Test
  void svg_lines_passNoBox() {
    for (long seed = 1; seed <= 5; seed++) {
      Boxes boxes = Boxes.folded(Networks.wired(24, seed));
      Layout layout = Layout.of(boxes, 0, 0);
      for (Layout.Piece piece : layout.pieces()) {
        for (int box = 0; box < boxes.size(); box++) {
          double right = layout.left(box) + layout.width(box);
          boolean isAside = piece.x2() < layout.left(box) || piece.x2() > right;
          boolean isAbove = piece.y2() <= layout.top(box) + 1e-9;
          boolean isBelow = piece.bend2() >= layout.top(box) + layout.height(box);
          assertThat(isAside || isAbove || isBelow).as("%s and box %d", piece, box).isTrue();
        }
      }
    }
  }

  @Test
  void svg_titleWithSigns_isEscaped() {
    String title = "a < b & \"c\"";
    Document svg = parsed(Drawing.of(Networks.morphed()).withTitle(title).svg());

    assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo(title);
  }

  @Test
  void svg_head_tellsTheSize() {
    assertThat(Drawing.of(Networks.morphed()).svg())
        .contains(">70,458 parameters, 11.5 million multiply-adds<");
    assertThat(Drawing.of(Networks.deep(1, 9)).svg()).contains(">30 parameters, 24 multiply-adds<");
  }

  private static List<List<String>> folded(Layer... chain) {
    Architecture.Builder graph = Architecture.builder(Shape.image(2, 8, 8));
    String at = graph.input();
    for (Layer layer : chain) {
      at = graph.add(layer, at);
    }
    Boxes boxes =
        Boxes.folded(graph.output(3, graph.add(new Layer.GlobalPooling(Layer.Pool.MAX), at)));
    var lines = new ArrayList<List<String>>();
    for (int i = 1; i < boxes.size() - 2; i++) {
      List<String> all = boxes.box(i).lines();
      lines.add(all.subList(0, all.size() - 1)); // without the shape
    }
    return lines;
  }

  @Test
  void folded_chains_areCutWhereTheyRepeat() {
    Layer conv = new Layer.Convolution(2, Window.square(3), false);
    Layer pool = new Layer.Pooling(Layer.Pool.MAX, Window.square(2));
    Layer norm = new Layer.BatchNormalization();
    Layer relu = new Layer.Activation(Layer.Function.RELU);

    assertThat(folded(conv, norm, relu, conv, norm, relu))
        .containsExactly(
            List.of("conv 3×3, 2", "batch norm · relu"),
            List.of("conv 3×3, 2", "batch norm · relu"));
    assertThat(folded(relu, conv, norm, relu, conv, norm))
        .containsExactly(
            List.of("relu", "conv 3×3, 2", "batch norm"),
            List.of("relu", "conv 3×3, 2", "batch norm"));
    assertThat(folded(norm, relu, conv, pool, norm, relu))
        .containsExactly(
            List.of("batch norm · relu", "conv 3×3, 2"),
            List.of("max pool 2×2", "batch norm · relu"));
    assertThat(folded(pool, relu, conv))
        .containsExactly(List.of("max pool 2×2"), List.of("relu", "conv 3×3, 2"));
    assertThat(folded(norm, relu)).containsExactly(List.of("batch norm", "relu"));
  }

  @Test
  void dot_ofNetwork_hasEachBoxAndLine() {
    Architecture architecture = Networks.nasnetCell();
    String dot = Drawing.of(architecture).withTitle("a \"cell\"").unfolded().dot();
    int inputs = architecture.nodes().stream().mapToInt(node -> node.inputs().size()).sum();

    assertThat(dot).startsWith("digraph architecture {").endsWith("}\n");
    assertThat(dot).contains("label=\"a \\\"cell\\\"\\n9,114 parameters");
    assertThat(dot.lines().filter(line -> line.contains(" [label="))).hasSize(architecture.size());
    assertThat(dot.lines().filter(line -> line.contains(" -> n"))).hasSize(inputs);
    assertThat(dot).contains("label=\"conv 3×3, 16\\n16 × 32 × 32\"");
  }

  @Test
  void all_families_haveColoursOfTheirOwnInGrey() {
    double[] greys =
        Arrays.stream(Family.values())
            .mapToDouble(
                family -> {
                  int colour = Integer.parseInt(family.fill().substring(1), 16);
                  return 0.299 * (colour >> 16)
                      + 0.587 * (colour >> 8 & 255)
                      + 0.114 * (colour & 255);
                })
            .sorted()
            .toArray();
    for (int i = 1; i < greys.length; i++) {
      assertThat(greys[i] - greys[i - 1]).isGreaterThan(6);
    }
  }
}
