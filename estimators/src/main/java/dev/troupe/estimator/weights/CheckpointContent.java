package dev.troupe.estimator.weights;

import java.io.IOException;
import java.io.OutputStream;

/** Writes what a trial needs to go on; called once, by the thread that evaluates. */
@FunctionalInterface
public interface CheckpointContent {

  /**
   * Writes all of it.
   *
   * @param out buffered; closed by the caller
   * @throws IOException if it cannot be written
   */
  void writeTo(OutputStream out) throws IOException;
}
