package dev.troupe.actor;

/**
 * For how long a study has run, and with how many places. While it is paused and nothing of it
 * runs, no time of it passes.
 */
final class PlaceTime {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Timers timers;
  private int places;
  private long since;
  private boolean resting;
  private long earlierNanos;
  private double earlierPlaceSeconds;

  /** Begins now. */
  PlaceTime(Timers timers, int places) {
    this.timers = timers;
    this.places = places;
    since = timers.nanos();
  }

  /** There are so many places from now on. */
  void places(int count) {
    settle();
    places = count;
  }

  /** Time does not count from now on. */
  void rest() {
    settle();
    resting = true;
  }

  /** Time counts again. */
  void goOn() {
    settle();
    resting = false;
  }

  private void settle() {
    earlierPlaceSeconds = placeSeconds();
    earlierNanos += current();
    since = timers.nanos();
  }

  private long current() {
    return resting ? 0 : timers.nanos() - since;
  }

  double seconds() {
    return (earlierNanos + current()) / NANOS_PER_SECOND;
  }

  /** Returns the same times the number of places. */
  double placeSeconds() {
    return earlierPlaceSeconds + current() / NANOS_PER_SECOND * places;
  }
}
