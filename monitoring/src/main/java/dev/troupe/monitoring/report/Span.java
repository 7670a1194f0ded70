package dev.troupe.monitoring.report;

import dev.troupe.plot.NumberText;

/**
 * A unit of time that fits an amount of it.
 *
 * @param name hours, minutes or seconds
 * @param seconds how long it is
 */
record Span(String name, double seconds) {

  private static final double MINUTE = 60;
  private static final double HOUR = 3600;

  /** Returns the unit in which a duration is read best. */
  static Span fitting(double total) {
    if (total < 2 * MINUTE) {
      return new Span("seconds", 1);
    }
    return total < 2 * HOUR ? new Span("minutes", MINUTE) : new Span("hours", HOUR);
  }

  /** Returns a duration in this unit. */
  double of(double duration) {
    return duration / seconds;
  }

  /** Returns a duration in a fitting unit, with the unit. */
  static String text(double duration) {
    Span span = fitting(duration);
    return NumberText.brief(span.of(duration)) + " " + span.name();
  }

  /** Returns hours, with four decimals at most. */
  static String hours(double duration) {
    return NumberText.brief(duration / HOUR) + " h";
  }
}
