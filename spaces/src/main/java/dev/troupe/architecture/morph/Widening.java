package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How all channels of a network change when some layers become wider. Forwards, each layer passes
 * the change on to the next that mixes channels. Backwards, where layers are added all of them must
 * change alike: those that have not changed are made wider, too, and all is worked out anew, until
 * there is nothing left to do.
 */
final class Widening {

  private final Architecture architecture;
  private final String node;

  /** The layers that choose their width and change it. */
  private final Map<Integer, AxisMap> wider = new TreeMap<>();

  /** What happens to the channels that each layer puts out, as far as known. */
  private final List<AxisMap> outputs = new ArrayList<>();

  private Widening(Architecture architecture, int index) {
    this.architecture = architecture;
    this.node = architecture.nodes().get(index).name();
  }

  /**
   * Works the changes out.
   *
   * @throws IllegalArgumentException if the function could not be kept
   */
  static Widening of(Architecture architecture, int index, AxisMap map) {
    var widening = new Widening(architecture, index);
    widening.wider.put(index, map);
    while (!widening.forwards()) {
      widening.outputs.clear();
    }
    return widening;
  }

  /** Returns whether all is consistent; if not, another layer has become wider. */
  private boolean forwards() {
    for (int i = 0; i < architecture.size(); i++) {
      if (isAligned(i)) {
        for (int input : architecture.inputs(i)) {
          if (!outputs.get(input).equals(common(i))) {
            int known = wider.size();
            require(input, common(i), i);
            if (wider.size() == known) {
              throw refuse(i, "its inputs would have their channels in different orders");
            }
            return false;
          }
        }
      }
      outputs.add(output(i));
    }
    return true;
  }

  private boolean isAligned(int index) {
    return architecture.layer(index) instanceof Layer.Merge
        && !(architecture.layer(index) instanceof Layer.Concatenate);
  }

  /** Returns the change that the inputs of a sum share: the first that is one. */
  private AxisMap common(int index) {
    int[] inputs = architecture.inputs(index);
    return Arrays.stream(inputs)
        .mapToObj(outputs::get)
        .filter(map -> !map.isIdentity())
        .findFirst()
        .orElse(outputs.get(inputs[0]));
  }

  private AxisMap output(int index) {
    Layer layer = architecture.layer(index);
    if (layer instanceof Layer.Input || layer instanceof Layer.Projection) {
      AxisMap own = wider.get(index);
      return own == null ? AxisMap.identity(architecture.shape(index).channels()) : own;
    }
    if (layer instanceof Layer.Concatenate) {
      return AxisMap.concatenated(
          Arrays.stream(architecture.inputs(index)).mapToObj(outputs::get).toList());
    }
    AxisMap input = input(index);
    return layer instanceof Layer.Flatten ? input.repeated(area(index)) : input;
  }

  /** Returns what happens to the channels that a layer reads first. */
  private AxisMap input(int index) {
    return outputs.get(architecture.inputs(index)[0]);
  }

  private int area(int flatten) {
    return Math.toIntExact(architecture.inputShapes(flatten).get(0).area());
  }

  /** What a layer should put out. */
  private record Wish(int index, AxisMap map) {}

  /** Lets a layer put out changed channels, by way of those that choose their width. */
  private void require(int index, AxisMap map, int sum) {
    var open = new ArrayDeque<Wish>();
    open.add(new Wish(index, map));
    while (!open.isEmpty()) {
      Wish wish = open.remove();
      AxisMap current = outputs.get(wish.index());
      if (!current.equals(wish.map())) {
        if (!current.isIdentity()) {
          throw refuse(sum, "layers that are added would have to be widened in different ways");
        }
        open.addAll(inputWishes(wish, sum));
      }
    }
  }

  /** Makes the layer wider or returns what its inputs have to be for it. */
  private List<Wish> inputWishes(Wish wish, int sum) {
    int index = wish.index();
    Layer layer = architecture.layer(index);
    int[] inputs = architecture.inputs(index);
    if (layer instanceof Layer.Input) {
      throw refuse(sum, "the input is added to it, which cannot be widened");
    }
    if (layer instanceof Layer.Projection) {
      AxisMap known = wider.put(index, wish.map());
      if (known != null && !known.equals(wish.map())) {
        throw refuse(sum, "'%s' would have to be widened in two ways".formatted(name(index)));
      }
      return List.of();
    }
    if (layer instanceof Layer.Concatenate) {
      List<Integer> sizes = architecture.inputShapes(index).stream().map(Shape::channels).toList();
      List<AxisMap> parts =
          wish.map()
              .divided(sizes)
              .orElseThrow(
                  () -> refuse(sum, "a concatenation comes to it, which has no such parts"));
      return IntStream.range(0, inputs.length)
          .mapToObj(i -> new Wish(inputs[i], parts.get(i)))
          .toList();
    }
    if (layer instanceof Layer.Flatten) {
      AxisMap channels =
          wish.map()
              .contracted(area(index))
              .orElseThrow(() -> refuse(sum, "a flattened picture comes to it, pixel by pixel"));
      return List.of(new Wish(inputs[0], channels));
    }
    return Arrays.stream(inputs).mapToObj(input -> new Wish(input, wish.map())).toList();
  }

  private IllegalArgumentException refuse(int sum, String why) {
    return new IllegalArgumentException(
        "Layer '%s' cannot be widened: by way of '%s' (%s), %s. Maybe widen another layer."
            .formatted(
                node, architecture.nodes().get(sum).name(), architecture.layer(sum).kind(), why));
  }

  /** Returns the wider architecture with its plan. */
  Morphed morphed(Morphism morphism) {
    var graft = new Graft(architecture);
    wider.forEach(
        (index, map) -> {
          var projection = (Layer.Projection) architecture.layer(index);
          graft.replace(name(index), projection.withWidth(map.size()));
        });
    for (int i = 0; i < architecture.size(); i++) {
      stretch(i, graft);
    }
    return graft.build(morphism, node);
  }

  private String name(int index) {
    return architecture.nodes().get(index).name();
  }

  /** Stretches the weights of a layer along the channels that it reads and puts out. */
  private void stretch(int index, Graft graft) {
    Layer layer = architecture.layer(index);
    if (layer instanceof Layer.Input || layer instanceof Layer.Merge) {
      return; // the gates of a sum belong to inputs, not channels
    }
    AxisMap in = input(index);
    AxisMap out = outputs.get(index).whole();
    if (in.isIdentity() && out.isIdentity()) {
      return;
    }
    if (layer instanceof Layer.Dense || layer instanceof Layer.Output) {
      stretch(index, graft, "weights", in, out);
    } else if (layer instanceof Layer.Convolution) {
      stretch(index, graft, "weights", out, in);
    } else if (layer instanceof Layer.SeparableConvolution) {
      stretch(index, graft, "depthwise", in.whole());
      stretch(index, graft, "pointwise", out, in);
    } else if (layer instanceof Layer.DepthwiseConvolution) {
      stretch(index, graft, "weights", in.whole());
    } else if (layer instanceof Layer.BatchNormalization) {
      for (String tensor : List.of("gain", "shift", "mean", "variance")) {
        stretch(index, graft, tensor, out);
      }
    }
    if (layer instanceof Layer.Biased biased && biased.bias()) {
      stretch(index, graft, "bias", out);
    }
  }

  /** Stretches an array along its first axes; the others stay. */
  private void stretch(int index, Graft graft, String tensor, AxisMap... leading) {
    List<Integer> sides =
        architecture.tensors(index).stream()
            .filter(each -> each.name().equals(tensor))
            .findFirst()
            .orElseThrow()
            .sides();
    var axes = new ArrayList<>(List.of(leading));
    for (int side : sides.subList(leading.length, sides.size())) {
      axes.add(AxisMap.identity(side));
    }
    if (!axes.stream().allMatch(AxisMap::isIdentity)) {
      graft.origin(name(index), tensor, new WeightOrigin.Stretched(axes));
    }
  }
}
