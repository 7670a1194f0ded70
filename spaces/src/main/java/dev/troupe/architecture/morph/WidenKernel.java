package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Padding;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Tensor;
import dev.troupe.architecture.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Gives a convolution a larger window, with zeros around the old taps (Wei et al. 2016,
 * arXiv:1603.01670). Strides and dilation stay; the old taps come to lie where they met the same
 * pixels.
 *
 * @param node name of a convolution, depthwise or separable too, that is padded
 * @param height rows of the new window, at least those of the old one
 * @param width columns of the new window, at least those of the old one
 */
public record WidenKernel(String node, int height, int width) implements Morphism {

  /** Requires the name. */
  public WidenKernel {
    requireNonNull(node, "node");
  }

  @Override
  public Kind kind() {
    return Kind.WIDEN_KERNEL;
  }

  @Override
  public Morphed apply(Architecture architecture) {
    int index = architecture.index(node);
    if (!(architecture.layer(index) instanceof Layer.Convolving convolving)) {
      throw refuse("it must be a convolution, but is of kind " + architecture.layer(index).kind());
    }
    Window old = convolving.window();
    if (old.padding() == Padding.VALID) {
      throw refuse("it must be padded, but stays inside: its output would shrink");
    }
    boolean grows = height > old.height() || width > old.width();
    if (height < old.height() || width < old.width() || !grows) {
      throw refuse(
          "its window must grow, but is %d x %d and was to become %d x %d"
              .formatted(old.height(), old.width(), height, width));
    }
    Window larger =
        new Window(
            height, width, old.strideHeight(), old.strideWidth(), old.dilation(), old.padding());
    Shape input = architecture.inputShapes(index).get(0);
    AxisMap rows =
        axis(
            old.height(),
            height,
            larger.paddingAbove(input.height()) - old.paddingAbove(input.height()),
            old.dilation());
    AxisMap columns =
        axis(
            old.width(),
            width,
            larger.paddingLeft(input.width()) - old.paddingLeft(input.width()),
            old.dilation());
    var graft = new Graft(architecture);
    graft.replace(node, convolving.withWindow(larger));
    for (Tensor tensor : architecture.tensors(index)) {
      if (tensor.sides().size() > 2) { // a bias or pointwise weights have no window
        graft.origin(node, tensor.name(), stretched(tensor, rows, columns));
      }
    }
    return graft.build(this, node);
  }

  private AxisMap axis(int oldSize, int newSize, int shift, int dilation) {
    boolean fits = shift >= 0 && shift % dilation == 0 && shift / dilation + oldSize <= newSize;
    if (!fits) {
      throw refuse(
          "the old taps must meet the same pixels, but would have to move by %d pixels with a dilation of %d"
              .formatted(shift, dilation));
    }
    return AxisMap.placed(oldSize, newSize, shift / dilation);
  }

  private static WeightOrigin stretched(Tensor tensor, AxisMap rows, AxisMap columns) {
    List<Integer> sides = tensor.sides();
    var axes = new ArrayList<AxisMap>();
    for (int side : sides.subList(0, sides.size() - 2)) {
      axes.add(AxisMap.identity(side));
    }
    axes.add(rows);
    axes.add(columns);
    return new WeightOrigin.Stretched(axes);
  }

  private IllegalArgumentException refuse(String why) {
    return new IllegalArgumentException(
        "Layer '%s' cannot get a larger window: %s. Maybe take another layer or window."
            .formatted(node, why));
  }

  @Override
  public String text() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("node", node);
    fields.put("height", height);
    fields.put("width", width);
    return MorphText.write(kind(), fields);
  }
}
