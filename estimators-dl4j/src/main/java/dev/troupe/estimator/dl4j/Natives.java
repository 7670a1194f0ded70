package dev.troupe.estimator.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/** Loads ND4J's native code, once, and says clearly why it cannot be loaded. */
final class Natives {

  /** Deeplearning4j leaves oneDNN unused unless this is {@code false}. */
  static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

  private static @Nullable Throwable failure;
  private static boolean loaded;

  private Natives() {}

  /**
   * Loads the back end that is on the class path.
   *
   * @throws IllegalStateException if there is none, or it cannot run here
   */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    if (failure == null) {
      prepare();
      try {
        Nd4j.getBackend();
        loaded = true;
        return;
      } catch (LinkageError | RuntimeException e) {
        // A second attempt would only say that the class could not be initialised.
        failure = e;
      }
    }
    throw new IllegalStateException(
        "Deeplearning4j needs a back end of ND4J for this system on the class path, but none could be loaded (%s). Maybe add org.nd4j:nd4j-native:1.0.0-M2.1 with the classifier linux-x86_64-onednn-avx2, or that of your system."
            .formatted(rootCause(failure)),
        failure);
  }

  private static void prepare() {
    // Read whenever a layer is made, so that setting it here is early enough.
    if (System.getProperty(HELPERS_DISABLED) == null) {
      System.setProperty(HELPERS_DISABLED, "false");
    }
  }

  private static String rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }
}
