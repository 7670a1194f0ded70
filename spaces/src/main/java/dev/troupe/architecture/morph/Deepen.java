package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Inserts a layer that passes on what it reads, as wide as that: Net2Deeper (Chen, Goodfellow,
 * Shlens 2016, arXiv:1511.05641). All that read {@code after} read the end of what is inserted.
 *
 * @param after name of the layer behind which it comes
 * @param form what it computes; a dense layer on a vector, a convolution on a picture
 * @param kernel side of its window, at least 1; 1 for a dense layer
 * @param batchNormalization whether a normalisation follows it
 * @param activation the function after both, or null for none; one that passes on numbers of at
 *     least 0, which those of {@code after} must be then
 */
public record Deepen(
    String after,
    Form form,
    int kernel,
    boolean batchNormalization,
    Layer.@Nullable Function activation)
    implements Morphism {

  /** Checks the ranges above. */
  public Deepen {
    requireNonNull(after, "after");
    Inserts.requireKernel("deepen", form, kernel);
    if (activation != null && !NonNegative.isIdentity(activation)) {
      throw new IllegalArgumentException(
          "A morphism 'deepen' can add an activation only that passes on numbers of at least 0, but was to add %s. Maybe relu."
              .formatted(MorphText.lower(activation)));
    }
  }

  @Override
  public Kind kind() {
    return Kind.DEEPEN;
  }

  @Override
  public Morphed apply(Architecture architecture) {
    int index = Inserts.requireInner(this, architecture, after);
    Inserts.requireForm(this, architecture, after, form);
    if (activation != null && !new NonNegative(architecture).at(index)) {
      throw new IllegalArgumentException(
          "Layer '%s' (%s) cannot be deepened with %s: its values must be at least 0 for that, but may be less. Maybe leave the activation out, or deepen after an activation relu."
              .formatted(after, architecture.layer(index).kind(), MorphText.lower(activation)));
    }
    var graft = new Graft(architecture);
    String end = graft.addIdentity(layer(graft.shape(after)), after);
    if (batchNormalization) {
      end = graft.addNormalization(end);
    }
    if (activation != null) {
      end = graft.add(new Layer.Activation(activation), end);
    }
    graft.redirect(after, end);
    return graft.build(this, after);
  }

  private Layer layer(Shape shape) {
    return Inserts.layer(form, shape.channels(), Window.square(kernel), !batchNormalization);
  }

  @Override
  public String text() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("after", after);
    fields.put("form", form);
    fields.put("kernel", kernel);
    fields.put("batch-norm", batchNormalization);
    if (activation != null) {
      fields.put("activation", activation);
    }
    return MorphText.write(kind(), fields);
  }
}
