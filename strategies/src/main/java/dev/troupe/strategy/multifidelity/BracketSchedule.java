package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brackets of successive halving, one after the other, again and again. Where all open ones wait
 * for outcomes and places are free, the next begins: so workers are idle only at the end of a
 * study, when no new trial may begin.
 */
final class BracketSchedule implements Schedule {

  private final Resource resource;
  private final BracketTable table;
  private final long promoting;
  private final int levels;
  private final List<Bracket> open = new ArrayList<>();
  private final Map<TrialId, Long> bracketOf = new HashMap<>();
  private long nextBracket;

  /**
   * Begins.
   *
   * @param promoting how many brackets promote trials; the rungs of those after them have new ones
   */
  BracketSchedule(Resource resource, BracketTable table, long promoting) {
    this.resource = resource;
    this.table = table;
    this.promoting = promoting;
    this.levels = resource.levels();
  }

  @Override
  public @Nullable Slot next(boolean fresh) {
    for (Bracket bracket : open) {
      Slot slot = bracket.next(fresh);
      if (slot != null) {
        return slot;
      }
    }
    if (!fresh) {
      return null;
    }
    Bracket begun = bracket(nextBracket);
    nextBracket++;
    open.add(begun);
    return begun.next(true);
  }

  private Bracket bracket(long number) {
    List<Integer> sizes = table.rungs(number);
    return new Bracket(number, sizes, levels - sizes.size(), number < promoting);
  }

  private @Nullable Bracket find(long number) {
    for (Bracket bracket : open) {
      if (bracket.number() == number) {
        return bracket;
      }
    }
    return null;
  }

  @Override
  public void giveBack(Slot slot) {
    Bracket bracket = find(slot.bracket());
    if (bracket != null) {
      bracket.giveBack();
    }
  }

  @Override
  public void exhausted() {
    List.copyOf(open).forEach(Bracket::exhaust);
    List.copyOf(open).forEach(this::removeIfOver);
  }

  @Override
  public void begun(Slot slot, TrialId trial) {
    bracketOf.put(trial, slot.bracket());
  }

  @Override
  public void reached(TrialId trial, int level, double loss) {
    Bracket bracket = bracketOf(trial);
    if (bracket != null) {
      bracket.reached(trial, level, loss);
      removeIfOver(bracket);
    }
  }

  @Override
  public void lost(TrialId trial, int level) {
    Bracket bracket = bracketOf(trial);
    if (bracket != null) {
      bracket.lost(trial, level);
      removeIfOver(bracket);
    }
  }

  private @Nullable Bracket bracketOf(TrialId trial) {
    Long number = bracketOf.get(trial);
    return number == null ? null : find(number);
  }

  private void removeIfOver(Bracket bracket) {
    if (bracket.isOver()) {
      open.remove(bracket);
      bracketOf.values().removeIf(number -> number == bracket.number());
    }
  }

  @Override
  public String reason(Slot slot) {
    Bracket bracket = find(slot.bracket());
    return bracket == null ? "It was promoted." : bracket.reason(slot.level(), resource);
  }

  @Override
  public void write(EventOutput out) {
    out.writeLong(nextBracket);
    out.writeAll(open, (to, bracket) -> bracket.write(to));
    out.writeAll(
        new TreeMap<>(bracketOf).entrySet(),
        (to, entry) -> {
          to.writeLong(entry.getKey().number());
          to.writeLong(entry.getValue());
        });
  }

  @Override
  public void read(EventInput in) {
    nextBracket = in.readLong();
    for (int left = in.readCount(); left > 0; left--) {
      Bracket bracket = bracket(in.readLong());
      bracket.read(in);
      open.add(bracket);
    }
    for (int left = in.readCount(); left > 0; left--) {
      bracketOf.put(TrialId.of(in.readLong()), in.readLong());
    }
  }
}
