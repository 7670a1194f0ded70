package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.study.Metrics;
import dev.troupe.study.WeightSource;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * A network while it is trained. Used by the thread that made it, and closed there: its native
 * memory is freed at once, not when a garbage collection comes.
 */
interface Network extends AutoCloseable {

  /**
   * Says that the training enters an epoch.
   *
   * @param epoch counts from 1
   */
  default void beginEpoch(int epoch) {}

  /**
   * Says that this training is shorter than that of others: what follows the epochs, such as a
   * falling learning rate, is to do so in fewer. Nothing by default.
   *
   * @param epochs after which it ends
   */
  default void shorten(int epochs) {}

  /**
   * Trains on one batch.
   *
   * @param rows rows of {@code part}, of which those in {@code [from, to)} are the batch, at most
   *     as many as a batch has
   * @return the mean loss of the batch before the step: cross-entropy in nats, or the squared error
   *     of standardised targets
   */
  double step(Part part, int[] rows, int from, int to);

  /**
   * Predicts rows {@code [from, to)} of {@code part}, at most {@link #PREDICTED_AT_ONCE}.
   *
   * @param outputs where one number for each output is written, row after row: logarithms of the
   *     classes' probabilities, or a standardised target
   */
  void predict(Part part, int from, int to, float[] outputs);

  /** Returns whether every parameter is finite. */
  boolean isFinite();

  /** Returns how many numbers are trained. */
  long parameterCount();

  /**
   * Returns what it costs to use, by names that its provider lists; nothing by default.
   *
   * @param part with a row on which use is tried
   */
  default Metrics costs(Part part) {
    return Metrics.none();
  }

  /** Returns a copy of all that {@link #predict} depends on. */
  float[] weights();

  /** Takes over what {@link #weights} of a network of the same shape returned. */
  void restore(float[] weights);

  /**
   * Writes all that the steps to come depend on.
   *
   * @throws IOException if {@code out} cannot be written
   */
  void save(DataOutput out) throws IOException;

  /**
   * Takes over what {@link #save} of a network made alike wrote: from now on this one does, bit by
   * bit, what that one would have done.
   *
   * @throws IOException if {@code in} cannot be read, or holds something else
   */
  void load(DataInput in) throws IOException;

  /**
   * Writes what others can inherit; only networks of a factory with heirs do.
   *
   * @throws IOException if {@code out} cannot be written
   */
  default void leave(DataOutput out) throws IOException {
    throw new UnsupportedOperationException("Networks of this kind have no heirs.");
  }

  /**
   * Takes over what {@link #leave} of another network wrote, as the source says; only networks of a
   * factory that takes parents do.
   *
   * @param random decides on what is new
   * @return the share of this network's numbers that comes from there, from 0 to 1
   * @throws IOException if {@code in} cannot be read, or holds something else
   * @throws IllegalArgumentException if the source does not lead from there to this network
   */
  default double inherit(DataInput in, WeightSource source, RandomGenerator random)
      throws IOException {
    throw new UnsupportedOperationException("Networks of this kind have no parents.");
  }

  @Override
  void close();

  /** The most rows that are predicted in one go. */
  int PREDICTED_AT_ONCE = 256;
}
