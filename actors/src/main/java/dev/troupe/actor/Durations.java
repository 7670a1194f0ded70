package dev.troupe.actor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as people write them. */
final class Durations {

  private Durations() {}

  /** Returns {@code 1.5 s}, {@code 10 s} … */
  static String format(@Nullable Duration duration) {
    if (duration == null) {
      return "none";
    }
    double seconds = duration.toMillis() / 1000.0;
    return seconds == Math.rint(seconds) ? "%d s".formatted((long) seconds) : seconds + " s";
  }
}
