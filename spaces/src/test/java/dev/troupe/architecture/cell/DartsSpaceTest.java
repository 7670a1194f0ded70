package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpaceContract;
import java.util.List;
import java.util.Map;

class DartsSpaceTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "darts";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(
        Map.of(), Map.of("nodes", 3, "operations", List.of("skip", "max3x3"), "layers", 3));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }
}
