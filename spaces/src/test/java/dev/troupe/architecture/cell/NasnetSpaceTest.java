package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpaceContract;
import java.util.List;
import java.util.Map;

class NasnetSpaceTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "nasnet";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(
        Map.of(), Map.of("blocks", 3, "operations", List.of("skip", "max3x3"), "combine", "both"));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }
}
