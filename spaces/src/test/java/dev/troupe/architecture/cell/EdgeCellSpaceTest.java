package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpaceContract;
import java.util.List;
import java.util.Map;

class EdgeCellSpaceTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "cell";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(
        Map.of(),
        Map.of("nodes", 5, "operations", List.of("none", "conv3x3")),
        Map.of("nodes", 3, "operations", List.of("skip", "max3x3")));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }
}
