package dev.troupe.estimator.weights;

import dev.troupe.study.TrialId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * What the trials of one study leave to others, their trained weights say: kept by content, so that
 * equal contents take room once, with who left them and from whom these had theirs. What was left
 * is read back as it was, or not at all. Thread safe; several processes and machines may leave and
 * read at once, but only the study's own forgets.
 */
public interface WeightStore {

  /** Returns how many bytes are kept at most, unless the study says otherwise. */
  long defaultBudget();

  /**
   * Keeps what a trial leaves, in place of what it left before: when this returns true, it survives
   * the end of the process and, where the place outlives the machine's power, the end of that. One
   * that was interrupted changes nothing.
   *
   * @param heir who leaves it, and from whom that had its own
   * @param content writes it; called once
   * @return whether it was kept
   * @throws IOException if it cannot be kept, naming the place
   */
  boolean leave(Heir heir, CheckpointContent content) throws IOException;

  /**
   * Copies what a trial has left. What was written to {@code out} counts only if this returns true.
   *
   * @return false if it has left nothing, or that is gone
   * @throws IOException if it is not what was left or cannot be read, naming the place, or {@code
   *     out} cannot be written
   */
  boolean read(TrialId trial, OutputStream out) throws IOException;

  /**
   * Returns what is kept, in the order of the trials that left it. It is read from the place
   * itself, so that it holds whatever happened to the process that wrote it.
   *
   * @throws IOException if the place cannot be read
   */
  List<LeftWeights> index() throws IOException;

  /**
   * Returns how many bytes all contents take; what is equal counts once.
   *
   * @throws IOException if the place cannot be read
   */
  default long bytes() throws IOException {
    return LeftWeights.bytes(index());
  }

  /**
   * Forgets as much as must be for the rest to fit: first what nobody can inherit, then what was
   * inherited least recently. What is needed stays, even if it does not fit.
   *
   * @param budget how many bytes may be kept, at least 0; what is equal counts once
   * @param needs what must stay
   * @return whose weights were forgotten, in this order; unmodifiable
   * @throws IOException if something cannot be removed, naming the place
   */
  List<TrialId> trim(long budget, WeightNeeds needs) throws IOException;

  /**
   * Removes what interrupted writers have left behind; called while nothing is being left.
   *
   * @throws IOException if something cannot be removed, naming the place
   */
  default void tidy() throws IOException {}

  /**
   * Forgets everything.
   *
   * @throws IOException if something cannot be removed, naming the place
   */
  void clear() throws IOException;
}
