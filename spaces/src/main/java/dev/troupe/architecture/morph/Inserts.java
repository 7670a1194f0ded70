package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;

/** What morphisms share that put layers behind others. */
final class Inserts {

  private Inserts() {}

  static void requireKernel(String morphism, Morphism.Form form, int kernel) {
    requireNonNull(form, "form");
    int most = form == Morphism.Form.DENSE ? 1 : 1 << 15;
    if (kernel < 1 || kernel > most) {
      throw new IllegalArgumentException(
          "A morphism '%s' with form %s needs a kernel from 1 to %d, but it was %d. Maybe 1."
              .formatted(morphism, MorphText.lower(form), most, kernel));
    }
  }

  /** Returns the place of a layer that others read. */
  static int requireInner(Morphism morphism, Architecture architecture, String name) {
    int index = architecture.index(name);
    if (architecture.layer(index) instanceof Layer.Output) {
      throw new IllegalArgumentException(
          "A morphism '%s' needs a layer that others read, but '%s' is the output. Maybe take '%s'."
              .formatted(
                  morphism.kind().text(), name, architecture.nodes().get(index).inputs().get(0)));
    }
    return index;
  }

  static void requireForm(
      Morphism morphism, Architecture architecture, String name, Morphism.Form form) {
    Shape shape = architecture.shape(name);
    if (form == Morphism.Form.DENSE && !shape.isVector()) {
      throw new IllegalArgumentException(
          "A morphism '%s' with form dense needs a vector, but layer '%s' puts out %s. Maybe use form convolution."
              .formatted(morphism.kind().text(), name, shape));
    }
  }

  /** Returns a layer that keeps height and width. */
  static Layer layer(Morphism.Form form, int width, Window window, boolean bias) {
    return switch (form) {
      case DENSE -> new Layer.Dense(width, bias);
      case CONVOLUTION -> new Layer.Convolution(width, window, bias);
      case SEPARABLE -> new Layer.SeparableConvolution(width, window, bias);
    };
  }

  /** Returns a layer from each pixel to itself: dense for a vector, a 1x1 convolution otherwise. */
  static Layer projection(Shape shape, int width) {
    return shape.isVector()
        ? new Layer.Dense(width, false)
        : new Layer.Convolution(width, Window.square(1), false);
  }
}
