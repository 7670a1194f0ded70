package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpaceContract;
import java.util.List;
import java.util.Map;

class EnasMicroSpaceTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "enas-micro";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(Map.of(), Map.of("nodes", 5, "operations", List.of("skip", "sep3x3")));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }
}
