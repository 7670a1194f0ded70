package dev.troupe.estimator.isolation;

/** What a parent answers to a question. */
sealed interface Answer {

  /** What to do after a report. */
  record Verdict(dev.troupe.study.Verdict verdict) implements Answer {}

  /** Whether something was kept. */
  record Kept(boolean kept) implements Answer {}

  /**
   * Whether there is something to go on from or to inherit, which is in the file then.
   *
   * @param found whether there is
   * @param step how far the trial had come, for a checkpoint
   */
  record Found(boolean found, long step) implements Answer {}

  /**
   * The question was wrong.
   *
   * @param reason what the one who asked is to be told
   * @param wrongInput whether what it said broke a rule
   */
  record Objection(String reason, boolean wrongInput) implements Answer {}
}
