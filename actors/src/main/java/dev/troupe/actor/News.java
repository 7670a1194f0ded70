package dev.troupe.actor;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;

/** What has become of a suggestion, of which the strategy does not know yet. */
sealed interface News {

  /** Returns whose it was. */
  TrialId id();

  /** Returns what was suggested. */
  Suggestion suggestion();

  /**
   * The trial has ended.
   *
   * @param trial all about it
   */
  record Ended(EndedTrial trial) implements News {

    @Override
    public TrialId id() {
      return trial.id();
    }

    @Override
    public Suggestion suggestion() {
      return trial.suggestion();
    }
  }

  /**
   * The trial has paused.
   *
   * @param trial where it stands
   */
  record Paused(PausedTrial trial) implements News {

    @Override
    public TrialId id() {
      return trial.id();
    }

    @Override
    public Suggestion suggestion() {
      return trial.suggestion();
    }
  }
}
