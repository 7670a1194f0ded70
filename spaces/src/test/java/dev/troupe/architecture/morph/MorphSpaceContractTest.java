package dev.troupe.architecture.morph;

import dev.troupe.architecture.ArchitectureSpaceContract;
import dev.troupe.architecture.Shape;
import java.util.List;
import java.util.Map;

class MorphSpaceContractTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "morphs";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(
        Map.of(),
        Map.of(
            "steps",
            12,
            "widen-mode",
            "split",
            "factors",
            List.of(1.5),
            "kernels",
            List.of(2, 3),
            "batch-norm",
            false));
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.image(1, 8, 8), Shape.image(3, 32, 32), Shape.vector(13));
  }

  @Override
  protected boolean needsPictures() {
    return false;
  }
}
