package org.nd4j.nativeblas;

import org.jspecify.annotations.NullMarked;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Stands in for a class that ND4J 1.0.0-M2.1 moved to another package, while Deeplearning4j's
 * layers still look it up here, by reflection, to learn whether oneDNN is there. Without it they
 * never use oneDNN, and convolutions train far slower.
 */
@NullMarked
public final class Nd4jCpu {

  private Nd4jCpu() {}

  /** What Deeplearning4j asks for; the names are given. */
  public static final class Environment {

    private static final Environment INSTANCE = new Environment();

    /** Read once: every layer asks at every pass. */
    private final boolean oneDnn = Nd4j.getBackend().buildInfo().contains("HAVE_ONEDNN");

    private Environment() {}

    /** Returns the only instance. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Returns whether the loaded back end was built with oneDNN. */
    public boolean isUseMKLDNN() {
      return oneDnn;
    }
  }
}
