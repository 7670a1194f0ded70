package dev.troupe;

import java.util.concurrent.CountDownLatch;

/** Users' code that obeys no interruption. */
public final class Stubborn {

  private Stubborn() {}

  /** Waits for {@code latch}, whatever happens; interruptions are forgotten. */
  public static void await(CountDownLatch latch) {
    boolean waits = true;
    while (waits) {
      try {
        latch.await();
        waits = false;
      } catch (InterruptedException e) {
        waits = true; // does not obey
      }
    }
  }
}
