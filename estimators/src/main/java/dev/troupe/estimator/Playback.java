package dev.troupe.estimator;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Metrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation would report, and when: the answer of a {@link SimulatedEstimator}. Immutable
 * and thread safe if its list is.
 *
 * @param points what it reports on its way; steps ascend, seconds do not descend. Not copied, so
 *     that it may be made as it is read
 * @param result its result; empty if the last point is the result
 * @param failure why it fails at its end, or null
 * @param seconds how long it takes in all; finite, at least 0 and no less than the last point's
 */
public record Playback(
    List<Point> points, Metrics result, @Nullable String failure, double seconds) {

  /**
   * One report.
   *
   * @param step how far it has come, at least 0
   * @param metrics what is reported
   * @param seconds time since the begin of the evaluation; finite and at least 0
   */
  public record Point(long step, Metrics metrics, double seconds) {

    /** Checks the ranges above. */
    public Point {
      requireNonNull(metrics, "metrics");
      requireTime(seconds);
    }
  }

  /** Checks the ranges above, but not each point. */
  public Playback {
    requireNonNull(points, "points");
    requireNonNull(result, "result");
    requireTime(seconds);
  }

  /** Returns an evaluation that takes so many seconds, without steps. */
  public static Playback of(Metrics result, double seconds) {
    return new Playback(List.of(), result, null, seconds);
  }

  /** Returns an evaluation that reports {@code points}, the last of which is its result. */
  public static Playback of(List<Point> points) {
    double seconds = points.isEmpty() ? 0 : points.get(points.size() - 1).seconds();
    return new Playback(points, Metrics.none(), null, seconds);
  }

  /** Returns an evaluation that fails after so many seconds. */
  public static Playback failed(String reason, double seconds) {
    return new Playback(List.of(), Metrics.none(), reason, seconds);
  }

  private static void requireTime(double seconds) {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "Playback: seconds must be finite and at least 0, but were %s. Maybe check the costs."
              .formatted(seconds));
    }
  }
}
