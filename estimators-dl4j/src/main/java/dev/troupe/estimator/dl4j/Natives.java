package dev.troupe.estimator.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads ND4J's native code, once, and says clearly why it cannot be loaded. */
final class Natives {

  /** Deeplearning4j leaves oneDNN unused unless this is {@code false}. */
  static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

  static final String CPU_BACKEND = "org/nd4j/linalg/cpu/nativecpu/CpuBackend.class";
  static final String CPU_EXECUTIONER = "org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner";
  static final String CUDA_BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  private static final Logger LOG = LoggerFactory.getLogger(Natives.class);

  private static boolean loaded;
  private static @Nullable String failure;

  private Natives() {}

  /**
   * Loads the back end that is on the class path: the CUDA one if this machine's GPUs can run it,
   * else the CPU's. The first call unpacks and loads native libraries.
   *
   * @throws IllegalStateException if there is none, or it cannot run here
   */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    if (failure != null) {
      // A second attempt would only say that a class could not be initialised.
      throw new IllegalStateException(failure);
    }
    try {
      prepare();
      Nd4j.getBackend();
      loaded = true;
    } catch (LinkageError | RuntimeException e) {
      failure =
          "Deeplearning4j needs a back end of ND4J for this system on the class path, but none could be loaded (%s). Maybe add org.nd4j:nd4j-native:1.0.0-M2.1, also with the classifier linux-x86_64-onednn-avx2 or that of your system."
              .formatted(rootCause(e));
      throw new IllegalStateException(failure, e);
    }
    NativeCheck.logFindings();
  }

  private static void prepare() {
    // Read whenever a layer is made, so that setting it here is early enough.
    if (System.getProperty(HELPERS_DISABLED) == null) {
      System.setProperty(HELPERS_DISABLED, "false");
    }
    boolean hasCpu = NativeCheck.isOnClassPath(CPU_BACKEND);
    if (NativeCheck.isOnClassPath(CUDA_BACKEND)) {
      CudaCheck.Decision decision = CudaCheck.ofThisMachine();
      if (decision.usable()) {
        return;
      }
      if (!hasCpu) {
        throw new IllegalStateException(decision.reason());
      }
      LOG.warn("{} Training goes on on the CPU.", decision.reason());
      ND4JClassLoading.setNd4jClassloader(
          new CpuOnlyClassLoader(ND4JClassLoading.getNd4jClassloader()));
    }
    if (hasCpu) {
      keepOperations();
    }
  }

  /** Comes too late where ND4J was loaded before, which is found by {@link NativeCheck}. */
  private static void keepOperations() {
    String executioner = KeepingExecutioner.class.getName();
    if (System.getProperty(KeepingExecutioner.PROPERTY) == null
        && ND4JClassLoading.classPresentOnClasspath(executioner)) {
      System.setProperty(KeepingExecutioner.PROPERTY, executioner);
    }
  }

  private static String rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("");
  }
}
