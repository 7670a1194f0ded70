package dev.troupe.actor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The machine's clocks, and one daemon thread that waits. The time of day is read once and then
 * follows the clock that never runs backwards, so that durations between two readings are true.
 */
public final class SystemTimers implements Timers, AutoCloseable {

  private final ScheduledThreadPoolExecutor executor;
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();

  /** Starts the waiting thread. */
  public SystemTimers() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Threads.daemon("troupe-timers"), new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Instant now() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Runnable after(Duration delay, Turn turn, Runnable task) {
    ScheduledFuture<?> future =
        executor.schedule(task, saturatedNanos(delay), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private static long saturatedNanos(Duration delay) {
    return TimeUnit.NANOSECONDS.convert(delay); // saturates, unlike Duration.toNanos
  }

  /** Ends the waiting thread; tasks that have not run never will, nor will later ones. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
