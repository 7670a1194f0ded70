package dev.troupe.architecture.draw;

/** Boxes as a graph in the language of Graphviz. */
final class DotText {

  private DotText() {}

  static String of(Boxes boxes, Head head) {
    var dot = new StringBuilder("digraph architecture {\n");
    dot.append("  label=").append(quoted(String.join("\n", head.lines()))).append(";\n");
    dot.append("  labelloc=t;\n  fontname=\"Helvetica\";\n");
    dot.append("  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\"];\n");
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.box(i);
      dot.append(
          "  n%d [label=%s, fillcolor=\"%s\", tooltip=%s];\n"
              .formatted(
                  i,
                  quoted(String.join("\n", box.lines())),
                  box.family().fill(),
                  quoted(Described.layers(boxes.architecture(), box.layers()))));
    }
    for (int i = 0; i < boxes.size(); i++) {
      for (int input : boxes.inputs(i)) {
        dot.append("  n%d -> n%d;\n".formatted(input, i));
      }
    }
    return dot.append("}\n").toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
