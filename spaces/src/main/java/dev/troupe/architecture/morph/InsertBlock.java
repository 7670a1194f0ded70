package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.LinkedHashMap;

/**
 * Inserts a residual block that begins as nothing: y becomes y + f(relu(norm(g(relu(y))))), where g
 * has new weights and those of f are zero. As a change of whole blocks it is among those of Real et
 * al. 2017 (arXiv:1703.01041) that insert and keep weights.
 *
 * @param after name of the layer behind which it comes, whose values are y
 * @param form what f and g compute; dense layers on a vector, convolutions on a picture
 * @param kernel side of their windows, at least 1; 1 for dense layers
 * @param batchNormalization whether there is a normalisation
 */
public record InsertBlock(String after, Form form, int kernel, boolean batchNormalization)
    implements Morphism {

  private static final Layer RELU = new Layer.Activation(Layer.Function.RELU);

  /** Checks the ranges above. */
  public InsertBlock {
    requireNonNull(after, "after");
    Inserts.requireKernel("insert-block", form, kernel);
  }

  @Override
  public Kind kind() {
    return Kind.INSERT_BLOCK;
  }

  @Override
  public Morphed apply(Architecture architecture) {
    Inserts.requireInner(this, architecture, after);
    Inserts.requireForm(this, architecture, after, form);
    var graft = new Graft(architecture);
    Shape shape = graft.shape(after);
    Window window = Window.square(kernel);
    String end = graft.add(RELU, after);
    end = graft.addFresh(Inserts.layer(form, shape.channels(), window, !batchNormalization), end);
    if (batchNormalization) {
      end = graft.addNormalization(end);
    }
    end = graft.add(RELU, end);
    end = graft.addZero(Inserts.layer(form, shape.channels(), window, true), end);
    graft.redirect(after, graft.add(new Layer.Add(), after, end));
    return graft.build(this, after);
  }

  @Override
  public String text() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("after", after);
    fields.put("form", form);
    fields.put("kernel", kernel);
    fields.put("batch-norm", batchNormalization);
    return MorphText.write(kind(), fields);
  }
}
