package dev.troupe.actor;

import java.util.regex.Pattern;

/**
 * What is known of failures for want of memory: Java's, native code's, a graphics card's, a
 * program's. Many of them say so in words alone.
 */
final class OutOfMemory {

  private static final int DEEPEST = 8;

  /** JavaCPP, ND4J, CUDA and cuDNN, C++, operating systems, Python and PyTorch. */
  private static final Pattern WORDS =
      Pattern.compile(
          "out[ _]?of[ _]?memory|memory usage is too high|cannot allocate|failed to allocate"
              + "|allocation failed|bad_alloc|alloc_failed|cudaErrorMemoryAllocation"
              + "|\\bMemoryError\\b",
          Pattern.CASE_INSENSITIVE);

  private static final long MEBIBYTE = 1 << 20;

  private OutOfMemory() {}

  /** Returns whether memory ran out, by the failure itself or what caused it. */
  static boolean isBehind(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof OutOfMemoryError
          || cause.getMessage() != null && WORDS.matcher(cause.getMessage()).find()) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * Returns why a trial failed that had its device for itself.
   *
   * @param reason what its last attempt said
   * @param device what it ran on
   * @param heapBytes the most that this JVM's heap may take
   */
  static String evenAlone(String reason, String device, long heapBytes) {
    return "%s It ran out of memory before, and did so again with nothing beside it on %s (the heap of this JVM may take %d MiB). Maybe give it more memory (-Xmx for the heap, -Dorg.bytedeco.javacpp.maxbytes for native arrays), or narrow the space."
        .formatted(reason.endsWith(".") ? reason : reason + ".", device, heapBytes / MEBIBYTE);
  }
}
