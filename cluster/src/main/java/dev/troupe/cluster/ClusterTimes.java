package dev.troupe.cluster;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.troupe.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How long things take between daemon and workers.
 *
 * @param beat how often a worker reports
 * @param lease after how long without a report its trials go elsewhere, at least three beats
 * @param silence after how long without a word from the daemon a worker joins anew
 */
public record ClusterTimes(Duration beat, Duration lease, Duration silence) {

  private static final String PART = "cluster";
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
    return configured(List.of());
  }

  /**
   * As above, changed.
   *
   * @param overrides of the form {@code cluster.lease=10s}
   * @throws IllegalArgumentException if one is unknown or wrong
   */
  public static ClusterTimes configured(List<String> overrides) {
    ClassLoader loader = ClusterTimes.class.getClassLoader();
    Config config =
        ConfigFactory.defaultOverrides(loader)
            .withFallback(ConfigFactory.defaultReference(loader))
            .getConfig("troupe");
    for (String override : overrides) {
      config = parse(override).withFallback(config);
    }
    Settings settings = Settings.of(PART, config.getConfig(PART));
    settings.requireKnown(List.of("beat", "lease", "silence"));
    return new ClusterTimes(
        duration(settings, "beat"), duration(settings, "lease"), duration(settings, "silence"));
  }

  private static Config parse(String override) {
    try {
      return ConfigFactory.parseString(override);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "--set needs key=value, but got '%s'. Maybe --set cluster.lease=10s.".formatted(override),
          e);
    }
  }

  private static Duration duration(Settings settings, String key) {
    return requireNonNull(settings.findDuration(key), key);
  }
}
