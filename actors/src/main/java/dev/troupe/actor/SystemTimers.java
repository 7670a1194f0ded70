package dev.troupe.actor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's clocks, and one daemon thread that waits. */
public final class SystemTimers implements Timers, AutoCloseable {

  private final ScheduledThreadPoolExecutor executor;

  /** Starts the waiting thread. */
  public SystemTimers() {
    executor = new ScheduledThreadPoolExecutor(1, Threads.daemon("troupe-timers"));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    ScheduledFuture<?> future =
        executor.schedule(task, saturatedNanos(delay), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private static long saturatedNanos(Duration delay) {
    return TimeUnit.NANOSECONDS.convert(delay); // saturates, unlike Duration.toNanos
  }

  /** Ends the waiting thread; tasks that have not run never will. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
