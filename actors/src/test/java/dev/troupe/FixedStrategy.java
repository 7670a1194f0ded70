package dev.troupe;

import dev.troupe.strategy.Strategy;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.concurrent.Callable;

/** A strategy that learns nothing. */
record FixedStrategy(Callable<List<Suggestion>> suggestions) implements Strategy {

  @Override
  public List<Suggestion> suggest(int count) {
    try {
      return suggestions.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
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
