package dev.troupe.actor;

import java.util.ArrayDeque;
import java.util.List;

/**
 * What a paused study keeps back: trials that have not begun. When nothing of it runs any more, its
 * time stands still: the limits of its budget come no nearer, and a virtual clock waits for it.
 */
final class Pause {

  private final Timers timers;
  private final StudyRecords records;
  private final Limits limits;
  private final Instructions instructions;
  private final ArrayDeque<RunningTrial> kept = new ArrayDeque<>();
  private Runnable release = () -> {};
  private boolean resting;

  Pause(Timers timers, StudyRecords records, Limits limits, Instructions instructions) {
    this.timers = timers;
    this.records = records;
    this.limits = limits;
    this.instructions = instructions;
  }

  /** Keeps a trial back. */
  void keep(RunningTrial trial) {
    kept.add(trial);
  }

  /**
   * Lets time stand still if the study is paused.
   *
   * @param idle whether nothing of the study runs
   */
  void restIf(boolean idle) {
    if (idle && !resting && instructions.isPaused()) {
      resting = true;
      records.rest();
      limits.cancel();
      release = timers.hold();
    }
  }

  /** Waits for the limits of the budget in force, if time passes. */
  void setLimits() {
    if (!resting) {
      limits.set(instructions.budget(), records.seconds());
    }
  }

  /** Lets time pass again; returns the trials that were kept back, in their order. */
  List<RunningTrial> end() {
    if (resting) {
      resting = false;
      release.run();
      records.goOn();
      setLimits();
    }
    List<RunningTrial> trials = List.copyOf(kept);
    kept.clear();
    return trials;
  }
}
