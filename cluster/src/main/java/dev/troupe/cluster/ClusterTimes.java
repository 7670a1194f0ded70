package dev.troupe.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;

/**
 * How long things take between daemon and workers.
 *
 * @param beat how often a worker reports
 * @param lease after how long without a report its trials go elsewhere, at least three beats
 * @param silence after how long without a word from the daemon a worker joins anew
 */
public record ClusterTimes(Duration beat, Duration lease, Duration silence) {

  private static final int BEATS = 3;

  /** Checks the ranges above. */
  public ClusterTimes {
    if (beat.isNegative() || beat.isZero()) {
      throw new IllegalArgumentException(
          "cluster.beat must be above zero, but was %s. Maybe 1s.".formatted(beat));
    }
    if (lease.compareTo(beat.multipliedBy(BEATS)) < 0) {
      throw new IllegalArgumentException(
          "cluster.lease must be at least %d times cluster.beat, %s, but was %s. Maybe 10s."
              .formatted(BEATS, beat, lease));
    }
    if (silence.compareTo(beat.multipliedBy(BEATS)) < 0) {
      throw new IllegalArgumentException(
          "cluster.silence must be at least %d times cluster.beat, %s, but was %s. Maybe 30s."
              .formatted(BEATS, beat, silence));
    }
  }

  /** Returns the settings of {@code troupe.cluster}, which system properties may change. */
  public static ClusterTimes configured() {
    ClassLoader loader = ClusterTimes.class.getClassLoader();
    Config config =
        ConfigFactory.defaultOverrides(loader)
            .withFallback(ConfigFactory.defaultReference(loader))
            .getConfig("troupe.cluster");
    return new ClusterTimes(
        config.getDuration("beat"), config.getDuration("lease"), config.getDuration("silence"));
  }

  /** Returns the same with another time of lease. */
  public ClusterTimes withLease(Duration time) {
    return new ClusterTimes(beat, time, silence);
  }
}
