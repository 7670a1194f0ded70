package dev.troupe.architecture.draw;

import dev.troupe.architecture.Layer;

/** Kinds of boxes, told apart by colours that stay apart in grey. */
enum Family {
  END("#ffffff"),
  CONVOLUTION("#9dbfe0"),
  LIGHT_CONVOLUTION("#cfe2f1"),
  DENSE("#f3c48f"),
  POOLING("#c3e2b6"),
  MERGE("#fdf5c9"),
  FUNCTION("#e9e9e9"),
  SHAPE("#c6bdd8");

  private final String fill;

  Family(String fill) {
    this.fill = fill;
  }

  /** Returns its colour as CSS and Graphviz write it. */
  String fill() {
    return fill;
  }

  /** Returns whether boxes of this kind end in half circles. */
  boolean isRound() {
    return this == END || this == MERGE;
  }

  static Family of(Layer layer) {
    if (layer instanceof Layer.Input || layer instanceof Layer.Output) {
      return END;
    }
    if (layer instanceof Layer.Merge) {
      return MERGE;
    }
    if (layer instanceof Layer.Dense) {
      return DENSE;
    }
    if (layer instanceof Layer.Convolution) {
      return CONVOLUTION;
    }
    if (layer instanceof Layer.Convolving) {
      return LIGHT_CONVOLUTION;
    }
    if (layer instanceof Layer.Pooling || layer instanceof Layer.GlobalPooling) {
      return POOLING;
    }
    return isFunction(layer) ? FUNCTION : SHAPE;
  }

  /** Returns whether a layer changes numbers one by one, so that it can be drawn with another. */
  static boolean isFunction(Layer layer) {
    return layer instanceof Layer.BatchNormalization
        || layer instanceof Layer.Activation
        || layer instanceof Layer.Dropout;
  }

  /** Returns whether a layer has weights that its box is about. */
  boolean isCore() {
    return this == CONVOLUTION || this == LIGHT_CONVOLUTION || this == DENSE;
  }
}
