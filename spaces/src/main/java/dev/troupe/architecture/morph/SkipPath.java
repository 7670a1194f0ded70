package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a skip does to the values of its start so that they cover those of its end. */
record SkipPath(String from, List<Layer> layers) {

  SkipPath {
    layers = List.copyOf(layers);
  }

  /**
   * Returns the path of a skip.
   *
   * @throws IllegalArgumentException if there is none
   */
  static SkipPath of(Morphism skip, Architecture architecture, String from, String to) {
    int start = architecture.index(from);
    int end = Inserts.requireInner(skip, architecture, to);
    var ancestry = new Ancestry(architecture);
    if (start == end || ancestry.depends(start, end)) {
      throw new IllegalArgumentException(
          "A morphism '%s' must not make a cycle, but '%s' %s '%s'. Maybe swap them."
              .formatted(
                  skip.kind().text(), from, start == end ? "is the same as" : "depends on", to));
    }
    Inserts.requireInner(skip, architecture, from);
    var layers = new ArrayList<Layer>();
    if (!new NonNegative(architecture).at(start)) {
      layers.add(new Layer.Activation(Layer.Function.RELU));
    }
    if (!architecture.shape(start).hasSidesOf(architecture.shape(end))) {
      layers.addAll(between(skip, architecture, ancestry, start, end));
    }
    return new SkipPath(from, layers);
  }

  /** Returns copies of the layers that change height and width on a way from start to end. */
  private static List<Layer> between(
      Morphism skip, Architecture architecture, Ancestry ancestry, int start, int end) {
    if (!ancestry.depends(end, start)) {
      throw new IllegalArgumentException(
          "A morphism '%s' between two branches needs equal heights and widths, but '%s' puts out %s and '%s' %s. Maybe take layers of which one follows the other."
              .formatted(
                  skip.kind().text(),
                  architecture.nodes().get(start).name(),
                  architecture.shape(start),
                  architecture.nodes().get(end).name(),
                  architecture.shape(end)));
    }
    var copies = new ArrayList<Layer>();
    int at = end;
    while (at != start) {
      int before = previous(architecture, ancestry, start, at);
      if (!architecture.shape(before).hasSidesOf(architecture.shape(at))) {
        copies.add(copy(architecture.layer(at), architecture.shape(at)));
      }
      at = before;
    }
    Collections.reverse(copies);
    return copies;
  }

  private static int previous(Architecture architecture, Ancestry ancestry, int start, int at) {
    for (int input : architecture.inputs(at)) {
      if (input == start || ancestry.depends(input, start)) {
        return input;
      }
    }
    throw new IllegalStateException("No way leads back from layer %d to %d.".formatted(at, start));
  }

  /** Returns a layer without weights that changes height and width as a layer does. */
  private static Layer copy(Layer layer, Shape output) {
    if (layer instanceof Layer.Convolving convolving) {
      Window window = convolving.window();
      return new Layer.Pooling(
          Layer.Pool.AVERAGE,
          new Window(
              window.extentHeight(),
              window.extentWidth(),
              window.strideHeight(),
              window.strideWidth(),
              1,
              window.padding()));
    }
    if (layer instanceof Layer.Zero zero) {
      Window window = Window.square(1).withStride(zero.stride());
      return new Layer.Pooling(Layer.Pool.AVERAGE, window);
    }
    if (layer instanceof Layer.Pooling
        || layer instanceof Layer.GlobalPooling
        || layer instanceof Layer.Flatten
        || layer instanceof Layer.Pad) {
      return layer;
    }
    throw new IllegalStateException(
        "A layer '%s' should not change its input's sides to %s.".formatted(layer.kind(), output));
  }

  /** Adds its layers; returns the name of the last. */
  String addTo(Graft graft) {
    String end = from;
    for (Layer layer : layers) {
      end = graft.add(layer, end);
    }
    return end;
  }
}
