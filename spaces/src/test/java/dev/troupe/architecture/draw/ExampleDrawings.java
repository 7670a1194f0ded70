package dev.troupe.architecture.draw;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The drawings among the documents; {@link #main} writes them. */
final class ExampleDrawings {

  private static final long MORPHISMS_SEED = 1;

  private ExampleDrawings() {}

  /** Returns the drawings by the names of their files. */
  static Map<String, Drawing> all() {
    var all = new LinkedHashMap<String, Drawing>();
    all.put("nasnet-cell", titled("NASNet-A, normal cell", Networks.nasnetCell()));
    all.put("macro-skips", titled("A macro network with skips", Networks.macro(8, 2)));
    all.put("morphed", titled("A residual network after ten morphisms", morphed()));
    return all;
  }

  private static Architecture morphed() {
    ArchitectureSpace morphs =
        ArchitectureSpaces.named(
            "morphs",
            new NetworkTask(Shape.image(1, 28, 28), 10),
            Map.of("start", "residual", "blocks", 3, "steps", 10));
    return morphs.instance(morphs.searchSpace().sample(new Random(MORPHISMS_SEED)));
  }

  private static Drawing titled(String title, Architecture architecture) {
    return Drawing.of(architecture).withTitle(title);
  }

  /** Writes each drawing into the folder that is given. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Map.Entry<String, Drawing> drawing : all().entrySet()) {
      Files.writeString(folder.resolve(drawing.getKey() + ".svg"), drawing.getValue().svg());
    }
  }
}
