package dev.troupe.daemon;

import dev.troupe.Study;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on SIGINT and SIGTERM: running trials are stopped, the result is printed as usual,
 * and the JVM ends with the status of the signal.
 */
final class Interrupt implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch printed = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean underway;

  private Interrupt(Runnable stop) {
    hook =
        new Thread(
            () -> {
              underway = true;
              stop.run();
              await();
            },
            "troupe-interrupt");
  }

  static Interrupt stopping(Study<?> study, Terminal terminal) {
    return stopping(
        () -> {
          terminal.err().println();
          terminal.err().println("Stopping study '%s' …".formatted(study.name()));
          study.stop(true);
        });
  }

  /**
   * Begins to wait for signals.
   *
   * @param stop makes whoever owns this come to its end and close it
   */
  static Interrupt stopping(Runnable stop) {
    var interrupt = new Interrupt(stop);
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  /** Returns whether a signal came. */
  boolean isUnderway() {
    return underway;
  }

  private void await() {
    try {
      printed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the result is printed; on a normal end the hook is taken back. */
  @Override
  public void close() {
    printed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already: the hook is what called us.
    }
  }
}
