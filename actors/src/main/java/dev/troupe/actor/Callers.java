package dev.troupe.actor;

import dev.troupe.study.Attempt;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Callers who evaluate trials themselves, and the trials that wait for one. */
final class Callers {

  private final Timers timers;
  private final ArrayDeque<CompletableFuture<@Nullable AskedTrial>> waiting = new ArrayDeque<>();
  private final ArrayDeque<RunningTrial> ready = new ArrayDeque<>();
  private final Map<Attempt, Long> startOf = new HashMap<>();
  private boolean dismissed;
  private double lastSeconds;

  Callers(Timers timers) {
    this.timers = timers;
  }

  void ask(CompletableFuture<@Nullable AskedTrial> caller) {
    if (dismissed && ready.isEmpty()) {
      caller.complete(null);
      return;
    }
    waiting.add(caller);
    match();
  }

  void offer(RunningTrial trial) {
    ready.add(trial);
    match();
  }

  /** Returns how many callers wait in vain. */
  int unserved() {
    return waiting.size() - ready.size();
  }

  /** There will be no more trials: whoever waits learns it. */
  void dismiss() {
    dismissed = true;
    while (!waiting.isEmpty()) {
      waiting.remove().complete(null);
    }
  }

  /** Ends the time of an attempt; returns false if it has ended before. */
  boolean release(Attempt attempt) {
    Long start = startOf.remove(attempt);
    lastSeconds = start == null ? 0 : timers.secondsSince(start);
    return start != null;
  }

  /** Returns how long the attempt released last was with its caller. */
  double secondsOf(Attempt attempt) {
    return lastSeconds;
  }

  private void match() {
    while (!waiting.isEmpty() && !ready.isEmpty()) {
      RunningTrial trial = ready.remove();
      startOf.put(trial.attempt(), timers.nanos());
      waiting.remove().complete(new AskedTrial(trial.attempt(), trial.suggestion()));
    }
  }
}
