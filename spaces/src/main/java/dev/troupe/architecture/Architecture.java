package dev.troupe.architecture;

import static java.util.Objects.requireNonNull;

import dev.troupe.settings.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a network: a graph of typed layers without cycles, from one input to one output,
 * with the shape of everything that flows in it. Immutable and thread safe.
 *
 * <pre>{@code
 * Architecture.Builder graph = Architecture.builder(Shape.image(1, 8, 8));
 * String conv = graph.add(new Layer.Convolution(16, Window.square(3), true), graph.input());
 * String relu = graph.add(new Layer.Activation(Layer.Function.RELU), conv);
 * String pool = graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), relu);
 * Architecture architecture = graph.output(10, pool);
 * }</pre>
 *
 * <p>Two architectures are equal if they list the same nodes; {@link #hash} looks through names and
 * order.
 */
public final class Architecture {

  private final List<Node> nodes;
  private final Map<String, Integer> indexByName;
  private final int[][] inputs;
  private final int[][] consumers;
  private final List<Shape> shapes;
  private final long[] parameters;
  private final long[] multiplyAdds;
  private final long allParameters;
  private final long allMultiplyAdds;
  private volatile @Nullable String hash;

  private Architecture(Wiring wiring) {
    nodes = wiring.sorted();
    indexByName = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      indexByName.put(nodes.get(i).name(), i);
    }
    inputs = new int[nodes.size()][];
    consumers = new int[nodes.size()][];
    connect();
    shapes = new ArrayList<>(nodes.size());
    parameters = new long[nodes.size()];
    multiplyAdds = new long[nodes.size()];
    long parameterSum = 0;
    long multiplyAddSum = 0;
    for (int i = 0; i < nodes.size(); i++) {
      List<Shape> incoming = inputShapes(i);
      try {
        shapes.add(nodes.get(i).layer().outputShape(incoming));
        parameters[i] = nodes.get(i).layer().parameters(incoming);
        multiplyAdds[i] = nodes.get(i).layer().multiplyAdds(incoming);
        parameterSum = Math.addExact(parameterSum, parameters[i]);
        multiplyAddSum = Math.addExact(multiplyAddSum, multiplyAdds[i]);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(described(nodes.get(i)) + e.getMessage(), e);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            described(nodes.get(i))
                + "its size must be countable, but exceeds 64 bits. Maybe make it narrower.",
            e);
      }
    }
    allParameters = parameterSum;
    allMultiplyAdds = multiplyAddSum;
  }

  private void connect() {
    var readers = new ArrayList<List<Integer>>();
    for (int i = 0; i < inputs.length; i++) {
      readers.add(new ArrayList<>());
      inputs[i] = nodes.get(i).inputs().stream().mapToInt(this::index).toArray();
      for (int input : inputs[i]) {
        readers.get(input).add(i);
      }
    }
    for (int i = 0; i < consumers.length; i++) {
      consumers[i] = readers.get(i).stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /** Returns {@code Layer 'x' (add of 'a', 'b'): }. */
  static String described(Node node) {
    String what = node.layer().kind();
    if (!node.inputs().isEmpty()) {
      List<String> shown = node.inputs().size() > 8 ? node.inputs().subList(0, 8) : node.inputs();
      what += " of '" + String.join("', '", shown) + (shown == node.inputs() ? "'" : "', …");
    }
    return "Layer '%s' (%s): ".formatted(node.name(), what);
  }

  /**
   * Returns the architecture of these nodes, in any order.
   *
   * @throws IllegalArgumentException if a name occurs twice or does not exist, there is not exactly
   *     one input and one output, a layer is not used, the graph has a cycle, a layer has too few
   *     or too many inputs, or shapes do not fit; the message names the layer, the rule, the values
   *     and the remedy
   */
  public static Architecture of(Collection<Node> nodes) {
    return new Architecture(Wiring.check(List.copyOf(nodes)));
  }

  /**
   * Returns the architecture of what {@code output} depends on among these nodes; the rest is left
   * out.
   *
   * @param output name of the output
   * @throws IllegalArgumentException as for {@link #of}
   */
  public static Architecture pruned(Collection<Node> nodes, String output) {
    return of(Wiring.reaching(List.copyOf(nodes), output));
  }

  /** Returns a builder that has an input of this shape and nothing else. */
  public static Builder builder(Shape input) {
    return new Builder(input);
  }

  /**
   * Reads an architecture from JSON, as {@link #toJson} writes it.
   *
   * @throws IllegalArgumentException if it is no architecture; the message says where and why
   */
  public static Architecture fromJson(String json) {
    return ArchitectureJson.read(json);
  }

  /** Returns the architecture as one line of JSON, with the version of its form. */
  public String toJson() {
    return ArchitectureJson.write(this);
  }

  // Readings

  /**
   * Returns the nodes in topological order: each after all that it reads; otherwise in the order in
   * which they were given. Unmodifiable.
   */
  public List<Node> nodes() {
    return nodes;
  }

  /** Returns the number of nodes, input and output included. */
  public int size() {
    return nodes.size();
  }

  /** Returns whether there is a node with this name. */
  public boolean has(String name) {
    return indexByName.containsKey(name);
  }

  /**
   * Returns the place of a node in {@link #nodes}.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public int index(String name) {
    Integer index = indexByName.get(name);
    if (index == null) {
      throw new IllegalArgumentException(
          "There is no layer '%s'. %s".formatted(name, Nearest.hint(name, indexByName.keySet())));
    }
    return index;
  }

  /**
   * Returns the node with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Node node(String name) {
    return nodes.get(index(name));
  }

  /** Returns the layer at a place in {@link #nodes}. */
  public Layer layer(int index) {
    return nodes.get(index).layer();
  }

  /** Returns the places of what a node reads, in the order of its inputs; a copy. */
  public int[] inputs(int index) {
    return inputs[index].clone();
  }

  /**
   * Returns the places of the nodes that read a node, in order, one as often as it does; a copy.
   */
  public int[] consumers(int index) {
    return consumers[index].clone();
  }

  /** Returns the shape that a node puts out. */
  public Shape shape(int index) {
    return shapes.get(index);
  }

  /**
   * Returns the shape that a node puts out.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Shape shape(String name) {
    return shapes.get(index(name));
  }

  /** Returns the shapes that a node reads, in order. */
  public List<Shape> inputShapes(int index) {
    return Arrays.stream(inputs[index]).mapToObj(shapes::get).toList();
  }

  /** Returns the arrays that a node owns. */
  public List<Tensor> tensors(int index) {
    return layer(index).tensors(inputShapes(index));
  }

  /** Returns the name of the input. */
  public String input() {
    return nodes.get(0).name();
  }

  /** Returns the name of the output. */
  public String output() {
    return nodes.get(nodes.size() - 1).name();
  }

  /** Returns the shape of one example. */
  public Shape inputShape() {
    return shapes.get(0);
  }

  /** Returns the number of classes or targets. */
  public int outputs() {
    return shapes.get(shapes.size() - 1).channels();
  }

  /** Returns how many numbers are trained, running statistics left out. */
  public long parameters() {
    return allParameters;
  }

  /** Returns how many numbers of a node are trained. */
  public long parameters(int index) {
    return parameters[index];
  }

  /** Returns the multiply-adds of the inference of one example; see {@link Layer}. */
  public long multiplyAdds() {
    return allMultiplyAdds;
  }

  /** Returns the multiply-adds of a node for one example. */
  public long multiplyAdds(int index) {
    return multiplyAdds[index];
  }

  /**
   * Returns 32 hexadecimal digits that are equal for two architectures if one is the other with
   * nodes renamed or listed in another order, or with the inputs of a merge in another order, and
   * different otherwise (but for collisions of a cut SHA-256). The same in every JVM; computed
   * once.
   */
  public String hash() {
    String known = hash;
    if (known == null) {
      known = new CanonicalForm(this).hash();
      hash = known; // another thread would find the same
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Architecture that && nodes.equals(that.nodes);
  }

  @Override
  public int hashCode() {
    return nodes.hashCode();
  }

  /** Returns a line for each layer: name, label, shape, parameters, inputs. */
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      lines.add(
          "%s: %s -> %s%s%s"
              .formatted(
                  node.name(),
                  node.layer().label(),
                  shapes.get(i),
                  parameters[i] == 0 ? "" : ", %d parameters".formatted(parameters[i]),
                  node.inputs().isEmpty() ? "" : " of " + String.join(", ", node.inputs())));
    }
    return String.join("\n", lines);
  }

  /** Puts an architecture together from its input on. Not thread safe. */
  public static final class Builder {

    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private Builder(Shape input) {
      add(Node.of(INPUT, new Layer.Input(input)));
    }

    /** Returns the name of the input. */
    public String input() {
      return INPUT;
    }

    /** Returns the shape that a node puts out. */
    public Shape shape(String name) {
      Shape shape = shapes.get(name);
      if (shape == null) {
        throw new IllegalArgumentException(
            "There is no layer '%s' yet. %s".formatted(name, Nearest.hint(name, shapes.keySet())));
      }
      return shape;
    }

    /**
     * Adds a layer under a name of its kind and a number, {@code convolution-2} say.
     *
     * @param inputs names of the nodes that it reads
     * @return its name
     * @throws IllegalArgumentException if an input does not exist or shapes do not fit
     */
    public String add(Layer layer, String... inputs) {
      return add(layer, List.of(inputs));
    }

    /** Adds a layer as {@link #add(Layer, String...)} does. */
    public String add(Layer layer, List<String> inputs) {
      String name;
      do {
        name = layer.kind() + "-" + counts.merge(layer.kind(), 1, Integer::sum);
      } while (shapes.containsKey(name));
      add(new Node(name, layer, inputs));
      return name;
    }

    /**
     * Adds a node.
     *
     * @throws IllegalArgumentException if there is one of this name, an input does not exist or
     *     shapes do not fit
     */
    public Builder add(Node node) {
      requireNonNull(node, "node");
      if (shapes.containsKey(node.name())) {
        throw new IllegalArgumentException(
            "Layer '%s': a name must occur once, but it occurs again. Maybe rename one."
                .formatted(node.name()));
      }
      Wiring.requireArity(node);
      List<Shape> incoming = node.inputs().stream().map(this::shape).toList();
      try {
        shapes.put(node.name(), node.layer().outputShape(incoming));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(described(node) + e.getMessage(), e);
      }
      nodes.add(node);
      return this;
    }

    /**
     * Ends the architecture with an output; what it does not depend on is left out.
     *
     * @param width classes or targets
     * @param input name of the node that it reads
     */
    public Architecture output(int width, String input) {
      add(Node.of(OUTPUT, new Layer.Output(width), input));
      return pruned(nodes, OUTPUT);
    }

    /**
     * Returns the architecture of all nodes.
     *
     * @throws IllegalArgumentException if there is no output, or a layer is not used
     */
    public Architecture build() {
      return of(nodes);
    }
  }
}
