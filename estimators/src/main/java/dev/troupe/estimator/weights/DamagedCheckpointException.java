package dev.troupe.estimator.weights;

import java.io.IOException;

/** A checkpoint is gone, or is not what was saved. */
public final class DamagedCheckpointException extends IOException {

  private static final long serialVersionUID = 1;

  /** Says which, where and how. */
  DamagedCheckpointException(CheckpointKey key, String place, String problem) {
    super("The %s (%s) is damaged: %s.".formatted(key, place, problem));
  }
}
