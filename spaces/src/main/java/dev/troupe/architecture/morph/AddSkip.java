package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import java.util.LinkedHashMap;

/**
 * Adds to a layer what another one puts out, by way of a projection that begins as zero: y_to
 * becomes y_to + projection(poolings(relu(y_from))). The projection is a dense layer on a vector
 * and a 1x1 convolution on a picture; poolings that lie between the two layers are copied, strides
 * become average poolings, and the relu is left out where the values are not below zero already
 * (Jin, Song, Hu 2019, arXiv:1806.10282).
 *
 * @param from name of the layer whose values are added; not one that depends on {@code to}
 * @param to name of the layer to which they are added
 */
public record AddSkip(String from, String to) implements Morphism {

  /** Requires both. */
  public AddSkip {
    requireNonNull(from, "from");
    requireNonNull(to, "to");
  }

  @Override
  public Kind kind() {
    return Kind.ADD_SKIP;
  }

  @Override
  public Morphed apply(Architecture architecture) {
    SkipPath path = SkipPath.of(this, architecture, from, to);
    var graft = new Graft(architecture);
    String end = path.addTo(graft);
    int width = graft.shape(to).channels();
    end = graft.addZero(Inserts.projection(graft.shape(to), width), end);
    graft.redirect(to, graft.add(new Layer.Add(), to, end));
    return graft.build(this, to);
  }

  @Override
  public String text() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("from", from);
    fields.put("to", to);
    return MorphText.write(kind(), fields);
  }
}
