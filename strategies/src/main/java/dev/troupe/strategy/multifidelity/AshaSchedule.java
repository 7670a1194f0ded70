package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous successive halving, the form that promotes (Li, Jamieson, Rostamizadeh, Gonina,
 * Hardt, Recht, Talwalkar 2018, arXiv:1810.05934): from the top rung down, a trial among the best
 * {@code floor(size / eta)} of its rung that has not been promoted goes on to the next; where there
 * is none, a new one begins. It never waits. A trial that is lost counts as the worst of the rung
 * that it was on its way to. Once no new trial may begin, one of each rung goes on in any case, so
 * that a study of few trials completes one.
 */
final class AshaSchedule implements Schedule {

  private final Resource resource;
  private final int levels;

  /** All but the top one. */
  private final List<Rung> rungs;

  private int least;

  AshaSchedule(Resource resource) {
    this.resource = resource;
    this.levels = resource.levels();
    this.rungs = new ArrayList<>(levels);
    for (int level = 0; level < levels; level++) {
      rungs.add(new Rung());
    }
  }

  @Override
  public @Nullable Slot next(boolean fresh) {
    for (int level = levels - 2; level >= 0; level--) {
      TrialId promoted = rungs.get(level).promote(resource.eta(), least);
      if (promoted != null) {
        return new Slot(0, level + 1, promoted);
      }
    }
    return fresh ? new Slot(0, 0, null) : null;
  }

  @Override
  public void giveBack(Slot slot) {}

  @Override
  public void exhausted() {
    least = 1;
  }

  @Override
  public void begun(Slot slot, TrialId trial) {}

  @Override
  public void reached(TrialId trial, int level, double loss) {
    rungs.get(level).add(new Standing(loss, trial));
  }

  @Override
  public void lost(TrialId trial, int level) {
    rungs.get(level).addLost(trial);
  }

  @Override
  public String reason(Slot slot) {
    return "It was among the best 1/%s of the %d trials with %s."
        .formatted(
            Numbers.text(resource.eta()),
            rungs.get(slot.level() - 1).size(),
            resource.text(slot.level() - 1));
  }

  @Override
  public void write(EventOutput out) {
    out.writeLong(least);
    out.writeAll(rungs, (to, rung) -> rung.write(to));
  }

  @Override
  public void read(EventInput in) {
    least = in.readInt();
    List<Rung> saved = in.readAll(Rung::read);
    if (saved.size() != levels) {
      throw new IllegalArgumentException(
          "The saved state is of %d rungs, but there are %d.".formatted(saved.size(), levels));
    }
    rungs.clear();
    rungs.addAll(saved);
  }
}
