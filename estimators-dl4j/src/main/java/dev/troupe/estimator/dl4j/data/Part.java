package dev.troupe.estimator.dl4j.data;

import java.nio.FloatBuffer;

/**
 * One part of a data set, scaled and ready to train on. Immutable and thread safe: trainings on
 * several threads read the same memory.
 */
public final class Part {

  private final int width;
  private final float[] features;
  private final float[] targets;

  Part(int width, float[] features, float[] targets) {
    this.width = width;
    this.features = features;
    this.targets = targets;
  }

  /** Returns the number of rows. */
  public int rows() {
    return targets.length;
  }

  /** Returns the number of features in a row. */
  public int width() {
    return width;
  }

  /** Returns the class of a row. */
  public int label(int row) {
    return (int) targets[row];
  }

  /** Returns the target of a row: the index of a class, or a standardised number. */
  public float target(int row) {
    return targets[row];
  }

  /**
   * Copies one row.
   *
   * @param row which one
   * @param target where {@link #width} numbers are written
   * @param position index of the first one
   */
  public void read(int row, FloatBuffer target, int position) {
    target.put(position, features, row * width, width);
  }

  /**
   * Copies one row.
   *
   * @param row which one
   * @param target where {@link #width} numbers are written
   * @param offset index of the first one
   */
  public void read(int row, float[] target, int offset) {
    System.arraycopy(features, row * width, target, offset, width);
  }
}
