package dev.troupe.actor;

import dev.troupe.estimator.weights.CheckpointKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Which checkpoints of a trial are of use: the two newest of those on the way that its current
 * attempt goes. Plain and single-threaded.
 */
final class TrialCheckpoints {

  private static final int MOST_KEPT = 2;

  /** The newest first. */
  private final List<CheckpointKey> usable = new ArrayList<>(MOST_KEPT + 1);

  private final List<CheckpointKey> useless = new ArrayList<>(1);
  private boolean begun;

  /** Returns from where an attempt may go on, the newest first; a copy. */
  List<CheckpointKey> usable() {
    return List.copyOf(usable);
  }

  /** The attempt makes its first step; if it did not go on from a checkpoint, it began anew. */
  void begin() {
    if (!begun) {
      begun = true;
      discard();
    }
  }

  /** The attempt has saved one. */
  void add(CheckpointKey key) {
    begin();
    usable.add(0, key);
    if (usable.size() > MOST_KEPT) {
      useless.add(usable.remove(MOST_KEPT));
    }
  }

  /**
   * The attempt goes on from one of them; those after it were damaged.
   *
   * @throws IllegalArgumentException if there is no such checkpoint
   */
  void resume(long step, String id) {
    for (int i = 0; i < usable.size(); i++) {
      if (usable.get(i).step() == step && usable.get(i).id().equals(id)) {
        List<CheckpointKey> damaged = usable.subList(0, i);
        useless.addAll(damaged);
        damaged.clear();
        begun = true;
        return;
      }
    }
    throw new IllegalArgumentException(
        "an attempt went on from a checkpoint at step %d, which was not there by then"
            .formatted(step));
  }

  /** The attempt is over, and the next one is due, which may go on from them or not. */
  void end(boolean lasting) {
    begun = false;
    if (!lasting) {
      discard();
    }
  }

  /** None of them is of use any more. */
  void discard() {
    useless.addAll(usable);
    usable.clear();
  }

  /** Returns those that became useless since the last call. */
  List<CheckpointKey> takeUseless() {
    List<CheckpointKey> taken = List.copyOf(useless);
    useless.clear();
    return taken;
  }
}
