package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpaceContract;
import java.util.List;
import java.util.Map;

class BlockQnnSpaceTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "block-qnn";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(Map.of(), Map.of("layers", 23, "reductions", 2));
  }
}
