package dev.troupe.architecture.draw;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * A drawing of an architecture: layers in rows from the input at the top to the output at the
 * bottom, its longest path in a straight line.
 *
 * <p>A layer with weights is drawn in one box with the normalisations, activations and dropouts
 * around it where nothing else reads what is between them; {@link #unfolded} draws each layer by
 * itself. Pointing at a box shows the names of its layers. A drawing depends on nothing but the
 * architecture and the title; it takes time in the number of layers and lines, seconds for 10,000.
 * Immutable and thread safe.
 */
public final class Drawing {

  private final Architecture architecture;
  private final @Nullable String title;
  private final boolean folds;

  private Drawing(Architecture architecture, @Nullable String title, boolean folds) {
    this.architecture = requireNonNull(architecture, "architecture");
    this.title = title;
    this.folds = folds;
  }

  /** Returns a drawing without a title, which tells the network's size above it. */
  public static Drawing of(Architecture architecture) {
    return new Drawing(architecture, null, true);
  }

  /** Returns the drawing with a title above it, of one line. */
  public Drawing withTitle(String newTitle) {
    return new Drawing(architecture, requireNonNull(newTitle, "title"), folds);
  }

  /** Returns the drawing with a box for each layer. */
  public Drawing unfolded() {
    return new Drawing(architecture, title, false);
  }

  /** Returns the drawing in the language of Graphviz, which places the boxes itself. */
  public String dot() {
    return DotText.of(boxes(), head());
  }

  /** Returns the drawing as an SVG file, encoded as UTF-8, that refers to nothing else. */
  public String svg() {
    return SvgText.of(boxes(), head());
  }

  private Boxes boxes() {
    return folds ? Boxes.folded(architecture) : Boxes.unfolded(architecture);
  }

  private Head head() {
    return new Head(title, Described.size(architecture));
  }
}
