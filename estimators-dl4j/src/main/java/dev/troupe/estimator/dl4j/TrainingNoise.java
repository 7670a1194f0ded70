package dev.troupe.estimator.dl4j;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;

/**
 * What makes training harder than use, so that a network generalises, and is no layer. Draws from a
 * generator of its own. Used by the network's thread.
 */
interface TrainingNoise extends AutoCloseable {

  /**
   * Says that the training enters an epoch.
   *
   * @param epoch counts from 1
   */
  default void beginEpoch(int epoch) {}

  /** Says that the training ends after fewer epochs than others; see {@link Network#shorten}. */
  default void shorten(int newEpochs) {}

  /**
   * Changes the copies of a batch.
   *
   * @param examples one after the other from index 0
   * @param count how many they are
   */
  default void spoil(FloatBuffer examples, int count) {}

  /** Writes all that its draws to come depend on. */
  void save(DataOutput out) throws IOException;

  /** Takes over what {@link #save} wrote. */
  void load(DataInput in) throws IOException;

  @Override
  default void close() {}
}
