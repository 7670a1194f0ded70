package dev.troupe.actor;

import dev.troupe.study.Budget;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a study when the time of its budget is over. */
final class Limits {

  private static final Runnable NONE = () -> {};

  private final Timers timers;
  private final Consumer<Duration> over;
  private final long start;
  private Runnable cancelOnMachine = NONE;
  private Runnable cancel = NONE;

  /**
   * @param over is told which limit is over, on a thread of the timers
   */
  Limits(Timers timers, Consumer<Duration> over) {
    this.timers = timers;
    this.over = over;
    start = timers.machineNanos();
  }

  /**
   * Waits for the limits of a budget, and for no others any more.
   *
   * @param seconds for how long the study has run, on its own clock
   */
  void set(Budget budget, double seconds) {
    cancel();
    Duration spent = Durations.ofSeconds(seconds);
    Duration onMachine = budget.wallClock();
    Duration onVirtualClock = budget.virtualTime();
    if (onMachine != null) {
      Duration passed =
          timers.isVirtual() ? Duration.ofNanos(timers.machineNanos() - start) : spent;
      cancelOnMachine =
          timers.afterOnMachine(left(onMachine, passed), () -> over.accept(onMachine));
    }
    if (onVirtualClock != null) {
      cancel = timers.after(left(onVirtualClock, spent), () -> over.accept(onVirtualClock));
    }
  }

  private static Duration left(Duration limit, Duration spent) {
    return limit.compareTo(spent) > 0 ? limit.minus(spent) : Duration.ZERO;
  }

  /** Returns whether a limit is that of a budget, and not one that it had before. */
  static boolean has(Budget budget, Duration limit) {
    return limit.equals(orZero(budget.wallClock())) || limit.equals(orZero(budget.virtualTime()));
  }

  private static Duration orZero(@Nullable Duration limit) {
    return limit == null ? Duration.ZERO : limit;
  }

  /** Waits for nothing. */
  void cancel() {
    cancelOnMachine.run();
    cancel.run();
  }
}
