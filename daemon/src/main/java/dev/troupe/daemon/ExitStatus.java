package dev.troupe.daemon;

/** What the process ends with. */
final class ExitStatus {

  /** Done. */
  static final int DONE = 0;

  /** The command line or the study file is wrong. */
  static final int USAGE = 2;

  /** No trial completed, or the study failed. */
  static final int FAILED = 3;

  /** Somebody interrupted it. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
