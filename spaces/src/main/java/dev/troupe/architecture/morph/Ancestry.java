package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** On which layers each layer depends. */
final class Ancestry {

  private final List<BitSet> ancestors = new ArrayList<>();

  Ancestry(Architecture architecture) {
    for (int i = 0; i < architecture.size(); i++) {
      var own = new BitSet(i);
      for (int input : architecture.inputs(i)) {
        own.set(input);
        own.or(ancestors.get(input));
      }
      ancestors.add(own);
    }
  }

  /** Returns whether {@code later} depends on {@code earlier}. */
  boolean depends(int later, int earlier) {
    return ancestors.get(later).get(earlier);
  }
}
