package dev.troupe.actor;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Trick;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Estimates what tricks have saved against full evaluations of the same candidates: the steps that
 * were left out times the trial's own seconds for a step, booked to what ended the trial. Follows
 * from the ended trials alone, in any order but for rounding, so that a record tells it again. Not
 * thread safe.
 */
public final class Savings {

  private long furthest;
  private Saved.Part pruned = Saved.Part.NONE;
  private Saved.Part low = Saved.Part.NONE;
  private Saved.Part inherited = Saved.Part.NONE;

  /** Goes on from what had been saved by some moment. */
  void set(Saved saved) {
    furthest = saved.furthest();
    pruned = saved.pruned();
    low = saved.low();
    inherited = saved.inherited();
  }

  /** Returns what has been saved by now. */
  Saved saved() {
    return new Saved(furthest, pruned, low, inherited);
  }

  /** Books a trial that has ended; one that the study's end interrupted saved nothing. */
  public void take(EndedTrial trial) {
    List<Measurement> measurements = trial.measurements();
    if (measurements.isEmpty() || trial.outcome() instanceof Outcome.Stopped) {
      return;
    }
    Measurement last = measurements.get(measurements.size() - 1);
    furthest = Math.max(furthest, last.step());
    if (trial.outcome() instanceof Outcome.Pruned) {
      pruned = plus(pruned, last);
    } else if (trial.outcome() instanceof Outcome.Completed
        && trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
      complete(evaluate, last);
    }
  }

  /** An heir at full fidelity that ends where the others do has saved nothing, and adds nothing. */
  private void complete(Suggestion.Evaluate evaluate, Measurement last) {
    if (!evaluate.fidelity().isFull()) {
      low = plus(low, last);
    } else if (evaluate.weights().parent() != null) {
      inherited = plus(inherited, last);
    }
  }

  /** Books a trial that paused at a lower fidelity, and has not been resumed. */
  public void rest(List<Measurement> measurements) {
    if (!measurements.isEmpty()) {
      Measurement last = measurements.get(measurements.size() - 1);
      furthest = Math.max(furthest, last.step());
      low = plus(low, last);
    }
  }

  private static Saved.Part plus(Saved.Part part, Measurement last) {
    boolean isKnown = last.step() > 0 && last.seconds() > 0 && Double.isFinite(last.seconds());
    return isKnown ? part.plus(last.seconds() / last.step(), last.seconds()) : part;
  }

  /**
   * Returns the device time saved, in seconds, by trick; without tricks that saved nothing.
   *
   * @param fullStep at which step a full evaluation is done; if 0, where nobody says so, the
   *     furthest that a trial has come
   * @param pruning to what the pruner's stops are booked
   */
  public Map<Trick, Double> seconds(double fullStep, Trick pruning) {
    double full = fullStep > 0 ? fullStep : furthest;
    var seconds = new EnumMap<Trick, Double>(Trick.class);
    add(seconds, pruning, pruned.until(full));
    add(seconds, Trick.LOW_FIDELITY, low.until(full));
    add(seconds, Trick.INHERITANCE, inherited.until(full));
    return seconds;
  }

  private static void add(Map<Trick, Double> all, Trick trick, double seconds) {
    if (seconds > 0) {
      all.merge(trick, seconds, Double::sum);
    }
  }
}
