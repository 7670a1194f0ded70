package dev.troupe.strategy;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Suggestion;
import java.util.List;

/** Always suggests the same and learns nothing. */
record FixedStrategy(List<Suggestion> suggestions) implements Strategy {

  @Override
  public List<Suggestion> suggest(int count) {
    return suggestions;
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {}

  @Override
  public byte[] save() {
    return new byte[0];
  }

  @Override
  public void load(byte[] state) {}
}
