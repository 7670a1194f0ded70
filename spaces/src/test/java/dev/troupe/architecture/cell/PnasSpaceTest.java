package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpaceContract;
import java.util.List;
import java.util.Map;

class PnasSpaceTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "pnas";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(
        Map.of(), Map.of("blocks", 2, "fewest-blocks", 2, "operations", List.of("skip", "max3x3")));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }
}
