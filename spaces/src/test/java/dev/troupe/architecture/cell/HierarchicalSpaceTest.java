package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpaceContract;
import java.util.List;
import java.util.Map;

class HierarchicalSpaceTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "hierarchical";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(Map.of(), Map.of("levels", 2, "cell-nodes", 5));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.ONE_WAY;
  }
}
