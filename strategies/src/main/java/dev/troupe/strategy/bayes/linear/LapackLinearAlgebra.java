package dev.troupe.strategy.bayes.linear;

import org.jspecify.annotations.Nullable;

/**
 * LAPACK of OpenBLAS, by the preset of JavaCPP: {@code org.bytedeco:openblas} and {@code
 * org.bytedeco:javacpp} with the native code of the platform, as Deeplearning4j brings them along.
 * Troupe's libraries do not depend on them; nothing is loaded before they are asked for.
 *
 * <p>The last digits depend on the processor, for which OpenBLAS chooses its routines, and, from
 * some hundred rows on, on its number of threads: the same seed gives the same suggestions on the
 * same machine only, with the same setting. The number of threads is one for the whole process and
 * is left as it is, since networks may be training beside; {@code OPENBLAS_NUM_THREADS=1} in the
 * environment sets it.
 */
final class LapackLinearAlgebra implements LinearAlgebra {

  static final String NAME = "lapack";

  private static final LapackLinearAlgebra INSTANCE = new LapackLinearAlgebra();

  private LapackLinearAlgebra() {}

  /** Tries it once, since native code is loaded by that. */
  private static final class Trial {

    static final @Nullable Throwable FAILURE = attempt();

    private Trial() {}

    private static @Nullable Throwable attempt() {
      try {
        double[] nine = {9};
        boolean works = new LapackMatrices().factorise(nine, 1) && nine[0] == 3;
        return works ? null : new IllegalStateException("The root of 9 was " + nine[0] + ".");
      } catch (LinkageError | RuntimeException e) {
        return e; // absent, for another platform, or unable to unpack its native code
      }
    }
  }

  /** Returns whether it can be had. */
  static boolean isAvailable() {
    return Trial.FAILURE == null;
  }

  /** Returns it, or throws. */
  static LinearAlgebra require() {
    Throwable failure = Trial.FAILURE;
    if (failure != null) {
      throw new IllegalArgumentException(
          "Linear algebra 'lapack' must have OpenBLAS on the class path, but that failed with: %s. Maybe add org.bytedeco:openblas and org.bytedeco:javacpp with the native code of this platform, or choose 'ejml'."
              .formatted(failure),
          failure);
    }
    return INSTANCE;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CholeskyFactor factor(int capacity) {
    return new LibraryCholesky(new LapackMatrices(), capacity);
  }
}
