package dev.troupe.architecture.distance;

import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Window;
import dev.troupe.architecture.distance.NetworkOutline.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Layers as stages of an outline. */
final class Stages {

  private Stages() {}

  /** Returns whether a layer is a stage if it lies on the main chain. */
  static boolean isStage(Layer layer) {
    return !(layer instanceof Layer.Input
        || layer instanceof Layer.Output
        || layer instanceof Layer.Merge
        || layer instanceof Layer.Identity);
  }

  static Stage stage(Layer layer) {
    return new Stage(type(layer), sizes(layer));
  }

  private static String type(Layer layer) {
    String kind = layer.kind();
    if (layer instanceof Layer.Windowed windowed && windowed.window().dilation() > 1) {
      kind += " dilated by " + windowed.window().dilation();
    }
    if (layer instanceof Layer.Pooling pooling) {
      return name(pooling.pool()) + " " + kind;
    }
    if (layer instanceof Layer.GlobalPooling pooling) {
      return name(pooling.pool()) + " " + kind;
    }
    if (layer instanceof Layer.Activation activation) {
      return name(activation.function());
    }
    return kind;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static List<Integer> sizes(Layer layer) {
    var sizes = new ArrayList<Integer>();
    if (layer instanceof Layer.Projection projection) {
      sizes.add(projection.width());
    }
    if (layer instanceof Layer.Windowed windowed) {
      sizes.addAll(List.copyOf(sizes)); // twice, as kernel and stride have two numbers each
      Window window = windowed.window();
      sizes.addAll(
          List.of(window.height(), window.width(), window.strideHeight(), window.strideWidth()));
    }
    return sizes;
  }
}
