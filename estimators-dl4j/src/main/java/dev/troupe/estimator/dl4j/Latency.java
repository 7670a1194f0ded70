package dev.troupe.estimator.dl4j;

import java.util.Arrays;

/** Takes the time of something small that is done again and again. */
final class Latency {

  private static final int WARM_UPS = 3;
  private static final int RUNS = 15;
  private static final long LONGEST_NANOS = 200_000_000;

  private Latency() {}

  /**
   * Returns the median time of a run in seconds, after some that do not count; of fewer runs if it
   * takes long, but always of one.
   */
  static double seconds(Runnable run) {
    long begin = System.nanoTime();
    for (int i = 0; i < WARM_UPS; i++) {
      run.run();
    }
    long[] nanos = new long[RUNS];
    int count = 0;
    while (count < RUNS && (count == 0 || System.nanoTime() - begin < LONGEST_NANOS)) {
      long start = System.nanoTime();
      run.run();
      nanos[count] = System.nanoTime() - start;
      count++;
    }
    Arrays.sort(nanos, 0, count);
    return (nanos[(count - 1) / 2] + nanos[count / 2]) / 2e9;
  }
}
