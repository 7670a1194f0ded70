package dev.troupe.architecture.draw;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer, or a chain of layers that are drawn as one.
 *
 * @param family by which it is coloured
 * @param before what comes before the layer that names it; may be empty
 * @param label of the layer that names it
 * @param after what comes after it; may be empty
 * @param shape what it puts out
 * @param layers places of its layers in the architecture, in order
 */
record Box(
    Family family, String before, String label, String after, String shape, List<Integer> layers) {

  private static final String SEPARATOR = " · ";

  /** Returns the box of a chain of layers. */
  static Box of(Architecture architecture, List<Integer> layers) {
    int main = main(architecture, layers);
    var before = new ArrayList<String>();
    var after = new ArrayList<String>();
    for (int i = 0; i < layers.size(); i++) {
      if (i != main) {
        (i < main ? before : after).add(architecture.layer(layers.get(i)).label());
      }
    }
    Layer named = architecture.layer(layers.get(main));
    boolean isEnd = Family.of(named) == Family.END;
    return new Box(
        Family.of(named),
        String.join(SEPARATOR, before),
        isEnd ? named.kind() : times(named.label()), // the shape of an end stands below
        String.join(SEPARATOR, after),
        text(architecture.shape(layers.get(layers.size() - 1))),
        List.copyOf(layers));
  }

  /** Returns the place of the layer that the others are about. */
  private static int main(Architecture architecture, List<Integer> layers) {
    for (int i = 0; i < layers.size(); i++) {
      if (Family.of(architecture.layer(layers.get(i))) != Family.FUNCTION) {
        return i;
      }
    }
    return 0;
  }

  private static String text(Shape shape) {
    return shape.isVector()
        ? String.valueOf(shape.channels())
        : "%d × %d × %d".formatted(shape.channels(), shape.height(), shape.width());
  }

  /** Writes 3x3 with a sign of multiplication. */
  private static String times(String label) {
    return label.replaceAll("(?<=\\d)x(?=\\d)", "×");
  }

  /** Returns its lines from top to bottom. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    for (String line : List.of(before, label, after, shape)) {
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
