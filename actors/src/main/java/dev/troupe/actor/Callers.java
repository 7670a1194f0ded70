package dev.troupe.actor;

import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Attempt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Callers who evaluate trials themselves, and the trials that wait for one. */
final class Callers {

  private static final Device CALLER = new Device("caller", Device.Kind.CPU);

  private final String study;
  private final Timers timers;
  private final ArrayDeque<CompletableFuture<@Nullable AskedTrial>> waiting = new ArrayDeque<>();
  private final ArrayDeque<RunningTrial> ready = new ArrayDeque<>();
  private final Map<Attempt, DeviceLease> held = new HashMap<>();

  Callers(String study, Timers timers) {
    this.study = study;
    this.timers = timers;
  }

  /** Takes a caller in; returns what is handed out because of it. */
  List<DeviceLease> ask(CompletableFuture<@Nullable AskedTrial> caller) {
    waiting.add(caller);
    return match();
  }

  /** Takes a trial in; returns what is handed out because of it. */
  List<DeviceLease> offer(RunningTrial trial) {
    ready.add(trial);
    return match();
  }

  /** Returns how many callers wait in vain. */
  int unserved() {
    waiting.removeIf(CompletableFuture::isDone); // they gave up
    return waiting.size() - ready.size();
  }

  /** Returns whether no caller has a trial. */
  boolean isIdle() {
    return held.isEmpty();
  }

  /** There will be only {@code coming} more trials: whoever waits in vain learns it. */
  void dismiss(int coming) {
    while (unserved() > coming) {
      waiting.removeLast().complete(null);
    }
  }

  /** Takes back the trials for which nobody has come. */
  List<RunningTrial> withdraw() {
    List<RunningTrial> trials = List.copyOf(ready);
    ready.clear();
    return trials;
  }

  /** Returns what an attempt holds, or null. */
  @Nullable DeviceLease lease(Attempt attempt) {
    return held.get(attempt);
  }

  /** Takes back what an attempt held; null if it holds nothing any more. */
  @Nullable DeviceLease release(Attempt attempt) {
    return held.remove(attempt);
  }

  private List<DeviceLease> match() {
    var leases = new ArrayList<DeviceLease>();
    while (!waiting.isEmpty() && !ready.isEmpty()) {
      RunningTrial trial = ready.element();
      boolean taken =
          waiting.remove().complete(new AskedTrial(trial.attempt(), trial.suggestion()));
      if (taken) { // otherwise this caller has given up
        ready.remove();
        trial.start();
        var lease = new DeviceLease(CALLER, trial.attempt(), study, timers.now());
        held.put(trial.attempt(), lease);
        leases.add(lease);
      }
    }
    return leases;
  }
}
