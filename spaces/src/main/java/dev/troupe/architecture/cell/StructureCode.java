package dev.troupe.architecture.cell;

import dev.troupe.settings.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The network structure code of a block (Zhong et al. 2018, arXiv:1708.05552): layer after layer
 * its type, its kernel and what it reads. The end of the list is the code's terminal layer.
 *
 * <p>Unlike in the paper, the input of a block and what a concatenation puts out are brought to the
 * width of the block by ReLU, 1x1 convolution and batch normalisation where they differ from it, so
 * that any two layers can be added.
 *
 * @param layers at least one; unmodifiable
 */
public record StructureCode(List<CodedLayer> layers) {

  /** What a layer does. */
  public enum Type {
    /** ReLU, convolution, batch normalisation. */
    CONVOLUTION("conv"),
    /** A max pooling that keeps the sides. */
    MAX_POOLING("max"),
    /** An average pooling that keeps the sides. */
    AVERAGE_POOLING("avg"),
    /** Nothing. */
    IDENTITY("identity"),
    /** The sum of two layers. */
    ADD("add"),
    /** The channels of two layers. */
    CONCATENATE("concat");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** Returns the name that study files use. */
    public String text() {
      return text;
    }

    /** Returns whether it reads two layers. */
    public boolean merges() {
      return this == ADD || this == CONCATENATE;
    }

    /** Returns whether it is a pooling. */
    public boolean pools() {
      return this == MAX_POOLING || this == AVERAGE_POOLING;
    }

    /**
     * Returns the type of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Type of(String text) {
      for (Type type : values()) {
        if (type.text.equals(text)) {
          return type;
        }
      }
      List<String> known = Arrays.stream(values()).map(Type::text).toList();
      throw new IllegalArgumentException(
          "There is no type of layer '%s'. %s".formatted(text, Nearest.hint(text, known)));
    }
  }

  /**
   * A layer of the code.
   *
   * @param type what it does
   * @param kernel 1, 3 or 5 for a convolution, 1 or 3 for a pooling, and 0 for the others
   * @param inputs numbers of the layers that it reads, from 1 on, or 0 for the input of the block:
   *     one, or two where it merges; unmodifiable
   */
  public record CodedLayer(Type type, int kernel, List<Integer> inputs) {

    /** Checks the ranges above. */
    public CodedLayer {
      inputs = List.copyOf(inputs);
      List<Integer> kernels =
          type == Type.CONVOLUTION ? List.of(1, 3, 5) : type.pools() ? List.of(1, 3) : List.of(0);
      if (!kernels.contains(kernel)) {
        throw new IllegalArgumentException(
            "A coded layer '%s' must have a kernel of %s, but had %d. Maybe %d."
                .formatted(type.text(), kernels, kernel, kernels.get(kernels.size() - 1)));
      }
      int arity = type.merges() ? 2 : 1;
      if (inputs.size() != arity) {
        throw new IllegalArgumentException(
            "A coded layer '%s' must read %d, but reads %s. Maybe name what it reads."
                .formatted(type.text(), arity, inputs));
      }
    }
  }

  /** Checks that there is a layer and that each reads those before it. */
  public StructureCode {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "A structure code needs a layer, but had none. Maybe an identity of 0.");
    }
    for (int i = 0; i < layers.size(); i++) {
      for (int input : layers.get(i).inputs()) {
        if (input < 0 || input > i) {
          throw new IllegalArgumentException(
              "Layer %d of a structure code reads layers from 0 to %d, but this one read %d. Maybe %d."
                  .formatted(i + 1, i, input, i));
        }
      }
    }
  }

  /**
   * Returns the code as numbers 0 and 1, for predictors.
   *
   * @param most layers that a code can have; those that are missing are zeros
   * @return shape {@code [most * (2 * most + 9)]}: for each layer the first and the second of what
   *     it reads, its type and its kernel (1, 3, 5), one-hot each, or zeros where it has none
   * @throws IllegalArgumentException if there are more layers
   */
  public double[] oneHot(int most) {
    if (layers.size() > most) {
      throw new IllegalArgumentException(
          "A code of at most %d layers can be encoded here, but this one has %d. Maybe encode for %d."
              .formatted(most, layers.size(), layers.size()));
    }
    int width = 2 * most + Type.values().length + 3;
    var code = new double[most * width];
    for (int i = 0; i < layers.size(); i++) {
      CodedLayer layer = layers.get(i);
      for (int j = 0; j < layer.inputs().size(); j++) {
        code[i * width + j * most + layer.inputs().get(j)] = 1;
      }
      code[i * width + 2 * most + Arrays.asList(Type.values()).indexOf(layer.type())] = 1;
      if (layer.kernel() > 0) {
        code[(i + 1) * width - 3 + layer.kernel() / 2] = 1;
      }
    }
    return code;
  }

  /** Returns how many connections there are: one for each input of each layer. */
  public int edges() {
    return layers.stream().mapToInt(layer -> layer.inputs().size()).sum();
  }

  /** Returns connections per layer, which the reward of the method counts against a block. */
  public double density() {
    return (double) edges() / layers.size();
  }

  /** Returns the numbers of the layers that no layer reads, in order; at least one. */
  public List<Integer> looseEnds() {
    var ends = new ArrayList<>(IntStream.rangeClosed(1, layers.size()).boxed().toList());
    layers.forEach(layer -> ends.removeAll(layer.inputs()));
    return List.copyOf(ends);
  }
}
