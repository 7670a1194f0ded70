package dev.troupe.actor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What earlier runs of a study have spent, as far as their record tells. A run lasted from its
 * beginning until its end; if its process just ended, until the last trial that ended in it.
 */
final class Spending {

  private double seconds;
  private double placeSeconds;
  private double deviceSeconds;
  private double gpuSeconds;
  private @Nullable Instant begin;
  private Instant last = Instant.MIN;
  private int parallelism;

  /** A run begins. */
  void begin(Instant at, int places) {
    begin = at;
    last = at;
    parallelism = places;
  }

  /** The run lasts until then, at least; never backwards, should the clock have been set back. */
  void until(Instant at) {
    if (begin != null && at.isAfter(last)) {
      double more = Duration.between(last, at).toNanos() / 1e9;
      seconds += more;
      placeSeconds += more * parallelism;
      last = at;
    }
  }

  /** The study was paused until then, or later; that does not count. */
  void skip(Instant at) {
    if (at.isAfter(last)) {
      last = at;
    }
  }

  /** There are so many places from now on. */
  void places(int count) {
    parallelism = count;
  }

  /** Goes on from what had been spent by some moment. */
  void set(Spent spent) {
    seconds = spent.seconds();
    placeSeconds = spent.placeSeconds();
    deviceSeconds = spent.deviceSeconds();
    gpuSeconds = spent.gpuSeconds();
    begin = spent.last();
    last = spent.last();
    parallelism = spent.parallelism();
  }

  /** Returns another one that goes on from here. */
  Spending copy() {
    var copy = new Spending();
    copy.set(spent());
    return copy;
  }

  /** Returns what has been spent by now. */
  Spent spent() {
    return new Spent(seconds, placeSeconds, deviceSeconds, gpuSeconds, last, parallelism);
  }

  /** A device was held. */
  void spend(double held, boolean gpu) {
    deviceSeconds += held;
    gpuSeconds += gpu ? held : 0;
  }

  /** Returns for how long the study has run, on the clock that its record shows. */
  double seconds() {
    return seconds;
  }

  /** Returns the same times the number of trials that could be in flight. */
  double placeSeconds() {
    return placeSeconds;
  }

  double deviceSeconds() {
    return deviceSeconds;
  }

  double gpuSeconds() {
    return gpuSeconds;
  }

  /** Returns the last moment on record. */
  Instant last() {
    return last;
  }
}
