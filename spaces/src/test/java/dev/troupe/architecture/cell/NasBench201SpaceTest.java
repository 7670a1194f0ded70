package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpaceContract;
import java.util.List;
import java.util.Map;

class NasBench201SpaceTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "nas-bench-201";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(Map.of(), Map.of("reductions", 2, "cells", 2));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }
}
