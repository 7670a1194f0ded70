package dev.troupe.study;

/** Where a trial stands. */
public enum TrialState {
  /** On record, not running yet. */
  WAITING,
  /** Being estimated. */
  RUNNING,
  /** Interrupted by its strategy, which may resume it. */
  PAUSED,
  /** Ended by itself, with a finite value of every objective. */
  COMPLETED,
  /** Ended early by the pruner. */
  PRUNED,
  /** Ended without a usable value: an error, a time limit, a value that is not finite. */
  FAILED,
  /** The study ended first; a larger budget resumes it. */
  STOPPED;

  /** Returns whether a trial in this state will not run again by itself. */
  public boolean isEnded() {
    return switch (this) {
      case COMPLETED, PRUNED, FAILED, STOPPED -> true;
      case WAITING, RUNNING, PAUSED -> false;
    };
  }
}
