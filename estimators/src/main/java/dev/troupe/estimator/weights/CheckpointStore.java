package dev.troupe.estimator.weights;

import dev.troupe.study.Attempt;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the checkpoints of one study are kept, beside what its trials leave to others. What was
 * saved is read back as it was, or not at all. Thread safe; several processes and machines may use
 * the same place at once.
 */
public interface CheckpointStore {

  /**
   * Returns the setting by which other processes open the same place, wherever they run; null if
   * none can.
   */
  default @Nullable String place() {
    return null;
  }

  /**
   * Keeps a checkpoint: when this returns, it survives the end of the process and, where the place
   * outlives the machine's power, the end of that. One that was interrupted leaves nothing that
   * could be taken for a checkpoint.
   *
   * @param attempt which run saves it
   * @param step how far it has come, at least 0
   * @param content writes it
   * @return by what it is found again
   * @throws IOException if it cannot be kept, naming the place
   */
  CheckpointKey save(Attempt attempt, long step, CheckpointContent content) throws IOException;

  /**
   * Copies a checkpoint. What was written to {@code out} counts only if this returns.
   *
   * @throws DamagedCheckpointException if it is not there, or not what was saved
   * @throws IOException if it cannot be read, naming the place, or {@code out} cannot be written
   */
  void read(CheckpointKey key, OutputStream out) throws IOException;

  /**
   * Removes a checkpoint, if it is there.
   *
   * @throws IOException if it cannot be removed, naming the place
   */
  void remove(CheckpointKey key) throws IOException;

  /**
   * Removes what nobody will ask for: all that past attempts left behind, finished or not.
   *
   * @param kept is not removed
   * @param past tells whether an attempt is over; others may be saving
   * @throws IOException if something cannot be removed, naming the place
   */
  void sweep(Set<CheckpointKey> kept, Predicate<Attempt> past) throws IOException;

  /** Returns where it keeps what trials leave to others; null if it does not, as by default. */
  default @Nullable WeightStore weights() {
    return null;
  }
}
