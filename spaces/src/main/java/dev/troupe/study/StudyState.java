package dev.troupe.study;

/** Where a study stands. */
public enum StudyState {
  /** Trials run or wait. */
  RUNNING,
  /** Its budget is spent, its target reached or its strategy exhausted. */
  DONE,
  /** Somebody stopped it; it may go on later. */
  STOPPED,
  /** It could not go on: its strategy or its ledger failed. */
  FAILED
}
