package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.List;

/**
 * By how much morphisms make a network larger at least, told without building the larger one: near
 * the bounds nearly all candidates are too large, and to build each would take a thousand times as
 * long.
 *
 * @param parameters trained numbers that are added
 * @param layers that are added
 */
record Growth(long parameters, int layers) {

  /** Returns the growth of a candidate, which may turn out not to be legal. */
  static Growth least(Morphism morphism, Architecture architecture) {
    if (morphism instanceof Deepen deepen) {
      return ofDeepen(deepen, architecture.shape(deepen.after()));
    } else if (morphism instanceof InsertBlock block) {
      return ofBlock(block, architecture.shape(block.after()));
    } else if (morphism instanceof Widen widen) {
      return ofWider(architecture, widen.node(), widen.width());
    } else if (morphism instanceof WidenKernel wider) {
      return ofLargerWindow(architecture, wider);
    } else if (morphism instanceof AddSkip skip) {
      long weights = channels(architecture, skip.from()) * channels(architecture, skip.to());
      return new Growth(weights, 2);
    } else if (morphism instanceof ConcatenateSkip skip) {
      long to = channels(architecture, skip.to());
      return new Growth((channels(architecture, skip.from()) + to) * to, 2);
    }
    return new Growth(0, 0);
  }

  private static Growth ofDeepen(Deepen deepen, Shape shape) {
    Layer layer =
        Inserts.layer(
            deepen.form(),
            shape.channels(),
            Window.square(deepen.kernel()),
            !deepen.batchNormalization());
    int layers = 1 + (deepen.activation() == null ? 0 : 1);
    return new Growth(layer.parameters(List.of(shape)), layers)
        .plusNormalization(deepen.batchNormalization(), shape);
  }

  private static Growth ofBlock(InsertBlock block, Shape shape) {
    Layer layer =
        Inserts.layer(block.form(), shape.channels(), Window.square(block.kernel()), false);
    return new Growth(2 * layer.parameters(List.of(shape)), 5)
        .plusNormalization(block.batchNormalization(), shape);
  }

  private Growth plusNormalization(boolean isThere, Shape shape) {
    return isThere
        ? new Growth(
            parameters + new Layer.BatchNormalization().parameters(List.of(shape)), layers + 1)
        : this;
  }

  /** What reads the layer grows, too, and so does what is added to it. */
  private static Growth ofWider(Architecture architecture, String name, int width) {
    int index = architecture.index(name);
    if (!(architecture.layer(index) instanceof Layer.Projection projection)) {
      return new Growth(0, 0);
    }
    long wider = projection.withWidth(width).parameters(architecture.inputShapes(index));
    return new Growth(wider - architecture.parameters(index), 0);
  }

  private static Growth ofLargerWindow(Architecture architecture, WidenKernel morphism) {
    int index = architecture.index(morphism.node());
    if (!(architecture.layer(index) instanceof Layer.Convolving convolving)) {
      return new Growth(0, 0);
    }
    Window old = convolving.window();
    Window larger =
        new Window(
            morphism.height(),
            morphism.width(),
            old.strideHeight(),
            old.strideWidth(),
            old.dilation(),
            old.padding());
    long grown = convolving.withWindow(larger).parameters(architecture.inputShapes(index));
    return new Growth(grown - architecture.parameters(index), 0);
  }

  private static long channels(Architecture architecture, String name) {
    return architecture.shape(name).channels();
  }
}
