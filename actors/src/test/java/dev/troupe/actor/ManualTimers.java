package dev.troupe.actor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes only when a test says so. Thread safe. */
public final class ManualTimers implements Timers {

  private record Alarm(long at, Runnable task) {}

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Alarm> alarms = new ArrayList<>();
  private long nanos;

  @Override
  public synchronized Instant now() {
    return START.plusNanos(nanos);
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized Runnable after(Duration delay, Turn turn, Runnable task) {
    var alarm = new Alarm(nanos + delay.toNanos(), task);
    alarms.add(alarm);
    return () -> cancel(alarm);
  }

  @Override
  public long machineNanos() {
    return nanos();
  }

  private synchronized void cancel(Alarm alarm) {
    alarms.removeIf(other -> other == alarm);
  }

  /** Returns how many alarms are set. */
  public synchronized int pending() {
    return alarms.size();
  }

  /** Lets time pass; what falls due runs on the calling thread, in order. */
  public void advance(Duration duration) {
    due(duration).forEach(alarm -> alarm.task().run());
  }

  private synchronized List<Alarm> due(Duration duration) {
    nanos += duration.toNanos();
    List<Alarm> due =
        alarms.stream()
            .filter(alarm -> alarm.at() <= nanos)
            .sorted(Comparator.comparingLong(Alarm::at))
            .toList();
    alarms.removeAll(due);
    return due;
  }
}
