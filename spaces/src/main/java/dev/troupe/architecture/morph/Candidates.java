package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Padding;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Lists the morphisms that are worth trying, legal for the most part, in a fixed order. */
final class Candidates {

  private final Architecture architecture;
  private final Bounds bounds;
  private final Set<Morphism> found = new LinkedHashSet<>();

  private Candidates(Architecture architecture, Bounds bounds) {
    this.architecture = architecture;
    this.bounds = bounds;
  }

  /** Returns those of a kind, a list to be changed; widenings have the seed 0. */
  static List<Morphism> of(Architecture architecture, Bounds bounds, Morphism.Kind kind) {
    var candidates = new Candidates(architecture, bounds);
    switch (kind) {
      case DEEPEN -> candidates.deepen();
      case WIDEN -> candidates.widen();
      case WIDEN_KERNEL -> candidates.widenKernel();
      case ADD_SKIP -> candidates.skip(AddSkip::new);
      case CONCATENATE_SKIP -> candidates.skip(ConcatenateSkip::new);
      case INSERT_BLOCK -> candidates.insertBlock();
    }
    return new ArrayList<>(candidates.found);
  }

  /** Deepens behind each relu, so that the new layer has an activation before and after it. */
  private void deepen() {
    for (int i = 0; i < architecture.size(); i++) {
      boolean isIdempotent =
          architecture.layer(i) instanceof Layer.Activation activation
              && activation.function().isIdempotent();
      if (isIdempotent) {
        for (int kernel : kernels(i)) {
          found.add(
              new Deepen(
                  name(i),
                  form(i),
                  kernel,
                  bounds.batchNormalization() && !architecture.shape(i).isVector(),
                  Layer.Function.RELU));
        }
      }
    }
  }

  private List<Integer> kernels(int index) {
    return architecture.shape(index).isVector() ? List.of(1) : bounds.kernels();
  }

  private Morphism.Form form(int index) {
    return architecture.shape(index).isVector() ? Morphism.Form.DENSE : Morphism.Form.CONVOLUTION;
  }

  private void widen() {
    for (int i = 0; i < architecture.size(); i++) {
      if (architecture.layer(i) instanceof Layer.Projection projection
          && !(projection instanceof Layer.Output)) {
        for (double factor : bounds.factors()) {
          double wide = Math.ceil(projection.width() * factor);
          if (wide < Integer.MAX_VALUE) {
            found.add(new Widen(name(i), (int) wide, bounds.mode(), 0));
          }
        }
      }
    }
  }

  private void widenKernel() {
    for (int i = 0; i < architecture.size(); i++) {
      if (architecture.layer(i) instanceof Layer.Convolving convolving
          && convolving.window().padding() == Padding.SAME
          && hasPixels(i)) {
        Window window = convolving.window();
        for (int kernel : bounds.kernels()) {
          // A window of one row stays one: 1x7 grows to 1x9.
          int height = window.height() == 1 && window.width() > 1 ? 1 : kernel;
          int width = window.width() == 1 && window.height() > 1 ? 1 : kernel;
          height = Math.max(height, window.height());
          width = Math.max(width, window.width());
          if (height > window.height() || width > window.width()) {
            found.add(new WidenKernel(name(i), height, width));
          }
        }
      }
    }
  }

  private boolean hasPixels(int index) {
    return !architecture.inputShapes(index).get(0).isVector();
  }

  private void skip(BiFunction<String, String, Morphism> skip) {
    var ancestry = new Ancestry(architecture);
    List<Integer> ends = ends();
    for (int from : ends) {
      for (int to : ends) {
        boolean isForward = ancestry.depends(to, from);
        boolean isAcross = from < to && sides(from).hasSidesOf(sides(to));
        if ((isForward || isAcross) && !isJoined(from, to)) {
          found.add(skip.apply(name(from), name(to)));
        }
      }
    }
  }

  private Shape sides(int index) {
    return architecture.shape(index);
  }

  /**
   * Returns where blocks end: layers with weights, normalisations and sums that are not normalised
   * behind. Their values come before an activation.
   */
  private List<Integer> ends() {
    var ends = new ArrayList<Integer>();
    for (int i = 0; i < architecture.size(); i++) {
      Layer layer = architecture.layer(i);
      boolean isEnd =
          layer instanceof Layer.Convolving
              || layer instanceof Layer.Dense
              || layer instanceof Layer.BatchNormalization
              || layer instanceof Layer.Merge;
      boolean isNormalised =
          Arrays.stream(architecture.consumers(i))
              .anyMatch(each -> architecture.layer(each) instanceof Layer.BatchNormalization);
      if (isEnd && !isNormalised) {
        ends.add(i);
      }
    }
    return ends;
  }

  /** Returns whether a skip leads from the one to the other already. */
  private boolean isJoined(int from, int to) {
    for (int merge : architecture.consumers(to)) {
      if (architecture.layer(merge) instanceof Layer.Merge) {
        for (int input : architecture.inputs(merge)) {
          if (input != to && origin(input) == from) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Returns where a chain of a projection and what skips put before it begins. */
  private int origin(int end) {
    Layer projection = architecture.layer(end);
    boolean isProjection =
        projection instanceof Layer.Dense
            || projection instanceof Layer.Convolution conv && conv.window().taps() == 1;
    int at = isProjection ? architecture.inputs(end)[0] : end;
    while (isPassage(architecture.layer(at))) {
      at = architecture.inputs(at)[0];
    }
    return at;
  }

  private static boolean isPassage(Layer layer) {
    return layer instanceof Layer.Pooling
        || layer instanceof Layer.GlobalPooling
        || layer instanceof Layer.Flatten
        || layer instanceof Layer.Activation;
  }

  private void insertBlock() {
    for (int i : ends()) {
      boolean isVector = architecture.shape(i).isVector();
      for (int kernel : kernels(i)) {
        found.add(new InsertBlock(name(i), form(i), kernel, bounds.batchNormalization()));
        if (kernel > 1 && !isVector) {
          found.add(
              new InsertBlock(
                  name(i), Morphism.Form.SEPARABLE, kernel, bounds.batchNormalization()));
        }
      }
    }
  }

  private String name(int index) {
    return architecture.nodes().get(index).name();
  }
}
