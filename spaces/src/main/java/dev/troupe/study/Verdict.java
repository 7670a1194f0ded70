package dev.troupe.study;

/** The answer to a measurement: whether the trial goes on. */
public enum Verdict {
  /** Go on. */
  CONTINUE,
  /** Save a checkpoint and yield the device; only promotion strategies say so. */
  PAUSE,
  /** End now. */
  STOP
}
