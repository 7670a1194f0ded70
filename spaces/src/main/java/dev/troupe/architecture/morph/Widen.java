package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.random.RandomStreams;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;

/**
 * Gives a layer more units or filters, each new one a copy of an old one that is drawn at random:
 * Net2Wider (Chen, Goodfellow, Shlens 2016, arXiv:1511.05641). Layers that are added to it become
 * wider in the same way, and so do all between them and the next layers that mix channels.
 *
 * @param node name of a dense layer or of a convolution that is not depthwise
 * @param width the new number of units or filters, more than now
 * @param mode how the layers that read a copy keep their sums
 * @param seed decides what is copied; any value will do
 */
public record Widen(String node, int width, Mode mode, long seed) implements Morphism {

  /** How the layers that read copies keep their sums. */
  public enum Mode {
    /** An original and its copies share its outgoing weights evenly, as in Net2Wider. */
    SPLIT,
    /**
     * Copies begin with outgoing weights of zero (Jin, Song, Hu 2019, arXiv:1806.10282). Unlike
     * with {@link #SPLIT}, training tells them apart without noise.
     */
    ZERO
  }

  /** Requires name and mode. */
  public Widen {
    requireNonNull(node, "node");
    requireNonNull(mode, "mode");
  }

  /** Returns the same with another seed. */
  public Widen withSeed(long newSeed) {
    return new Widen(node, width, mode, newSeed);
  }

  @Override
  public Kind kind() {
    return Kind.WIDEN;
  }

  @Override
  public Morphed apply(Architecture architecture) {
    int index = architecture.index(node);
    Layer layer = architecture.layer(index);
    if (layer instanceof Layer.Output || !(layer instanceof Layer.Projection projection)) {
      throw refuse("it must have a width of its own, but is of kind " + layer.kind());
    }
    if (width <= projection.width()) {
      throw refuse(
          "its new width must be more than %d, but was to be %d"
              .formatted(projection.width(), width));
    }
    return Widening.of(architecture, index, map(projection.width())).morphed(this);
  }

  private AxisMap map(int oldWidth) {
    RandomGenerator random = RandomStreams.of(seed).stream(RandomStreams.Kind.STRATEGY, 0, "widen");
    var sources = new int[width];
    for (int i = 0; i < width; i++) {
      sources[i] = i < oldWidth ? i : random.nextInt(oldWidth);
    }
    return AxisMap.copying(oldWidth, sources, mode);
  }

  private IllegalArgumentException refuse(String why) {
    return new IllegalArgumentException(
        "Layer '%s' cannot be widened: %s. Maybe take another layer or width."
            .formatted(node, why));
  }

  @Override
  public String text() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("node", node);
    fields.put("width", width);
    fields.put("mode", mode);
    fields.put("seed", seed);
    return MorphText.write(kind(), fields);
  }
}
