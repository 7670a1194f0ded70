package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One run of successive halving: a rung begins when the one before is complete, with the best of
 * that. Trials that are lost are not promoted; where fewer are left than the next rung has, it is
 * smaller.
 */
final class Bracket {

  /** One rung of it. */
  private static final class Stage {
    int size;

    /** How many slots have been handed out. */
    int begun;

    int lost;
    final TreeSet<Standing> results = new TreeSet<>();

    Stage(int size) {
      this.size = size;
    }

    boolean isComplete() {
      return results.size() + lost >= size;
    }
  }

  private final long number;
  private final int firstLevel;

  /**
   * Whether upper rungs are filled with the best of those below, and not rather with new trials.
   */
  private final boolean promotes;

  private final List<Stage> stages = new ArrayList<>();
  private final List<TrialId> promotable = new ArrayList<>();
  private int current;

  /**
   * Begins.
   *
   * @param sizes of its rungs
   * @param firstLevel of the resource; each rung has the next
   */
  Bracket(long number, List<Integer> sizes, int firstLevel, boolean promotes) {
    this.number = number;
    this.firstLevel = firstLevel;
    this.promotes = promotes;
    sizes.forEach(size -> stages.add(new Stage(size)));
  }

  long number() {
    return number;
  }

  boolean isOver() {
    return current == stages.size();
  }

  /** Returns the next slot, or null if there is none until more is known. */
  @Nullable Slot next(boolean fresh) {
    if (isOver()) {
      return null;
    }
    Stage stage = stages.get(current);
    int level = firstLevel + current;
    if (current > 0 && promotes) {
      if (promotable.isEmpty()) {
        return null;
      }
      stage.begun++;
      return new Slot(number, level, promotable.remove(0));
    }
    if (!fresh || stage.begun >= stage.size) {
      return null;
    }
    stage.begun++;
    return new Slot(number, level, null);
  }

  /** Takes a slot for a new trial back; only of the current rung, since none is complete by it. */
  void giveBack() {
    stages.get(current).begun--;
  }

  /**
   * No new trial will begin: the rung is as large as it has become, and those above shrink, too.
   */
  void exhaust() {
    if (isOver() || current > 0 && promotes) {
      return;
    }
    Stage stage = stages.get(current);
    double share = (double) stage.begun / stage.size;
    for (Stage later : stages.subList(current + 1, stages.size())) {
      later.size = promotes ? (int) Math.ceil(later.size * share) : later.size;
    }
    stage.size = stage.begun;
    completeStages();
  }

  void reached(TrialId trial, int level, double loss) {
    Stage stage = stages.get(level - firstLevel);
    stage.results.add(new Standing(loss, trial));
    completeStages();
  }

  /**
   * A trial was lost.
   *
   * @param level on its way to which
   */
  void lost(TrialId trial, int level) {
    Stage stage = stages.get(level - firstLevel);
    if (promotable.remove(trial)) {
      stages.get(current).lost++;
    } else {
      stage.results.removeIf(standing -> standing.trial().equals(trial));
      stage.lost++;
    }
    completeStages();
  }

  private void completeStages() {
    while (!isOver() && stages.get(current).isComplete()) {
      List<TrialId> best = stages.get(current).results.stream().map(Standing::trial).toList();
      current++;
      if (!isOver() && promotes) {
        Stage next = stages.get(current);
        promotable.addAll(best.subList(0, Math.min(next.size, best.size())));
        next.lost += next.size - promotable.size(); // there are not as many
      }
    }
  }

  /** Returns how many of how many the current rung took over. */
  String reason(int level, Resource resource) {
    int rung = level - firstLevel;
    return "It was among the best %d of the %d trials of its bracket with %s."
        .formatted(stages.get(rung).size, stages.get(rung - 1).size, resource.text(level - 1));
  }

  void write(EventOutput out) {
    out.writeLong(number);
    out.writeLong(current);
    out.writeAll(
        stages,
        (to, stage) -> {
          to.writeLong(stage.size);
          to.writeLong(stage.begun);
          to.writeLong(stage.lost);
          to.writeAll(stage.results, Standing::write);
        });
    out.writeAll(promotable, (to, trial) -> to.writeLong(trial.number()));
  }

  /** Takes over what was written, but for the number, which has been read. */
  void read(EventInput in) {
    current = in.readInt();
    int count = in.readCount();
    if (count != stages.size() || current < 0 || current > count) {
      throw new IllegalArgumentException(
          "The saved state is of a bracket with %d rungs, but it has %d."
              .formatted(count, stages.size()));
    }
    for (Stage stage : stages) {
      stage.size = in.readInt();
      stage.begun = in.readInt();
      stage.lost = in.readInt();
      stage.results.addAll(in.readAll(Standing::read));
    }
    promotable.addAll(in.readAll(from -> TrialId.of(from.readLong())));
  }
}
