package dev.troupe;

import dev.troupe.study.StudyResult;

/** A study ended without a single completed trial, so that there is no best one. */
public final class NoTrialCompletedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient StudyResult result;

  NoTrialCompletedException(StudyResult result) {
    super(
        "Study '%s': no trial completed (%d failed, %d pruned, %d stopped); it ended because %s."
            .formatted(
                result.study(),
                result.failed(),
                result.pruned(),
                result.stopped(),
                result.reason()));
    this.result = result;
  }

  /** Returns what else came out of the study. */
  public StudyResult result() {
    return result;
  }
}
