package dev.troupe.actor;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as people write them. */
final class Durations {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int NANO_DIGITS = 9;

  private Durations() {}

  /** Returns so many seconds, to the nanosecond; the longest duration there is for more. */
  static Duration ofSeconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
  }

  /** Returns {@code 1.5 s}, {@code 10 s} … */
  static String format(@Nullable Duration duration) {
    if (duration == null) {
      return "none";
    }
    return BigDecimal.valueOf(duration.toNanos(), NANO_DIGITS).stripTrailingZeros().toPlainString()
        + " s";
  }
}
