package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import java.util.LinkedHashMap;

/**
 * Puts what another layer puts out beside a layer and projects both to what that one had: y_to
 * becomes projection([y_to, poolings(relu(y_from))]), whose weights begin as [identity, 0]. See
 * {@link AddSkip} for the rest, and for the form that adds.
 *
 * @param from name of the layer whose values come beside; not one that depends on {@code to}
 * @param to name of the layer beside which they come
 */
public record ConcatenateSkip(String from, String to) implements Morphism {

  /** Requires both. */
  public ConcatenateSkip {
    requireNonNull(from, "from");
    requireNonNull(to, "to");
  }

  @Override
  public Kind kind() {
    return Kind.CONCATENATE_SKIP;
  }

  @Override
  public Morphed apply(Architecture architecture) {
    SkipPath path = SkipPath.of(this, architecture, from, to);
    var graft = new Graft(architecture);
    String end = graft.add(new Layer.Concatenate(), to, path.addTo(graft));
    int width = graft.shape(to).channels();
    graft.redirect(to, graft.addIdentity(Inserts.projection(graft.shape(to), width), end));
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
