package dev.troupe.settings;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one part of a study (a strategy, an estimator …), by key in kebab case. Every
 * message names the part, the key, the value and where it was read. Immutable and thread safe.
 */
public final class Settings {

  private final String part;
  private final Config config;

  private Settings(String part, Config config) {
    this.part = requireNonNull(part, "part");
    this.config = requireNonNull(config, "config");
  }

  /** Returns settings for {@code part} (such as {@code estimator}) read from a study file. */
  public static Settings of(String part, Config config) {
    return new Settings(part, config);
  }

  /** Returns settings for {@code part} from plain values: numbers, texts, booleans, lists, maps. */
  public static Settings of(String part, Map<String, ?> values) {
    return new Settings(part, ConfigValueFactory.fromMap(values, "settings of " + part).toConfig());
  }

  /** Returns settings without any key: defaults throughout. */
  public static Settings none(String part) {
    return new Settings(part, ConfigFactory.empty());
  }

  /** Returns the name of the part. */
  public String part() {
    return part;
  }

  /** Returns the keys that are set. */
  public Set<String> keys() {
    return config.root().keySet();
  }

  /** Returns the settings without some of the keys. */
  public Settings without(Collection<String> removed) {
    Config rest = config;
    for (String key : removed) {
      rest = rest.withoutPath(path(key));
    }
    return new Settings(part, rest);
  }

  /** Returns whether {@code key} is set. */
  public boolean has(String key) {
    return config.hasPath(path(key));
  }

  /** Returns all values, nested as maps and lists. */
  public Map<String, Object> toMap() {
    return config.root().unwrapped();
  }

  /**
   * Refuses keys that mean nothing.
   *
   * @throws IllegalArgumentException if a key is not among {@code known}, with the nearest known
   *     one
   */
  public void requireKnown(Collection<String> known) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "%s.%s is not a key of '%s'%s. %s"
                .formatted(part, key, part, place(key), Nearest.hint(key, known)));
      }
    }
  }

  /**
   * Returns a whole number.
   *
   * @throws IllegalArgumentException if it is set and no whole number in {@code [min, max]}
   */
  public int getInt(String key, int fallback, int min, int max) {
    if (!has(key)) {
      return fallback;
    }
    double value = number(key, "a whole number");
    if (value != Math.rint(value) || value < min || value > max) {
      throw refuse(key, "must be a whole number from %d to %d".formatted(min, max));
    }
    return (int) value;
  }

  /**
   * Returns a whole number.
   *
   * @throws IllegalArgumentException if it is set and no whole number in {@code [min, max]}
   */
  public long getLong(String key, long fallback, long min, long max) {
    if (!has(key)) {
      return fallback;
    }
    long value;
    try {
      double real = number(key, "a whole number");
      value = config.getLong(path(key));
      if (real != value || value < min || value > max) {
        throw refuse(key, "must be a whole number from %d to %d".formatted(min, max));
      }
    } catch (ConfigException e) {
      throw refuse(key, "must be a whole number");
    }
    return value;
  }

  /**
   * Returns a number.
   *
   * @throws IllegalArgumentException if it is set and no number in {@code [min, max]}
   */
  public double getDouble(String key, double fallback, double min, double max) {
    if (!has(key)) {
      return fallback;
    }
    double value = number(key, "a number");
    if (!(value >= min && value <= max)) {
      throw refuse(key, "must be a number from %s to %s".formatted(min, max));
    }
    return value;
  }

  /**
   * Returns a truth value.
   *
   * @throws IllegalArgumentException if it is set and neither true nor false
   */
  public boolean getBoolean(String key, boolean fallback) {
    if (!has(key)) {
      return fallback;
    }
    try {
      return config.getBoolean(path(key));
    } catch (ConfigException e) {
      throw refuse(key, "must be true or false");
    }
  }

  /** Returns a text; numbers count as their text. */
  public String getString(String key, String fallback) {
    String value = findString(key);
    return value == null ? fallback : value;
  }

  /** Returns a text, or null if the key is not set. */
  public @Nullable String findString(String key) {
    if (!has(key)) {
      return null;
    }
    try {
      return config.getString(path(key));
    } catch (ConfigException e) {
      throw refuse(key, "must be a text");
    }
  }

  /**
   * Returns a text that must be set.
   *
   * @param example shown in the message if it is missing
   * @throws IllegalArgumentException if the key is not set
   */
  public String requireString(String key, String example) {
    String value = findString(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s.%s must be set. Maybe add %s = %s.".formatted(part, key, key, example));
    }
    return value;
  }

  /**
   * Returns one of {@code allowed}.
   *
   * @throws IllegalArgumentException if it is set to anything else
   */
  public String getOneOf(String key, String fallback, Collection<String> allowed) {
    String value = getString(key, fallback);
    if (!allowed.contains(value)) {
      throw new IllegalArgumentException(
          "%s.%s must be one of %s, but was '%s'%s. %s"
              .formatted(
                  part,
                  key,
                  String.join(", ", allowed),
                  value,
                  place(key),
                  Nearest.hint(value, allowed)));
    }
    return value;
  }

  /**
   * Returns texts; a single text counts as a list of one.
   *
   * @throws IllegalArgumentException if it is set and no list of texts
   */
  public List<String> getStrings(String key, List<String> fallback) {
    if (!has(key)) {
      return fallback;
    }
    try {
      return switch (config.getValue(path(key)).valueType()) {
        case LIST -> List.copyOf(config.getStringList(path(key)));
        default -> List.of(config.getString(path(key)));
      };
    } catch (ConfigException e) {
      throw refuse(key, "must be a list of texts");
    }
  }

  /**
   * Returns a duration such as {@code 10m} or {@code 30s}, or null if the key is not set.
   *
   * @throws IllegalArgumentException if it is set and no duration above zero
   */
  public @Nullable Duration findDuration(String key) {
    if (!has(key)) {
      return null;
    }
    Duration value;
    try {
      value = config.getDuration(path(key));
    } catch (ConfigException e) {
      throw refuse(key, "must be a duration such as 30s, 10m or 2h");
    }
    if (value.isNegative() || value.isZero()) {
      throw refuse(key, "must be a duration above zero");
    }
    return value;
  }

  /**
   * Returns a nested block, empty if the key is not set.
   *
   * @throws IllegalArgumentException if it is set and no block
   */
  public Settings getSettings(String key) {
    if (!has(key)) {
      return none(part + "." + key);
    }
    try {
      return new Settings(part + "." + key, config.getConfig(path(key)));
    } catch (ConfigException e) {
      throw refuse(key, "must be a block in braces");
    }
  }

  /** Returns the refusal of a value, with its rule: {@code must be …}. */
  public IllegalArgumentException refuse(String key, String rule) {
    ConfigValue value = config.getValue(path(key));
    return new IllegalArgumentException(
        "%s.%s %s, but was %s%s."
            .formatted(part, key, rule, value.render(Rendering.CONCISE), place(key)));
  }

  /** Returns a refusal that is about the value of {@code key}, with its place put in front. */
  public IllegalArgumentException at(String key, IllegalArgumentException refusal) {
    return new IllegalArgumentException(
        "%s.%s%s: %s".formatted(part, key, place(key), refusal.getMessage()), refusal);
  }

  /** Returns {@code (file.conf: line 3)}, with a leading blank, or nothing if unknown. */
  public static String place(ConfigOrigin origin) {
    return Rendering.place(origin);
  }

  private double number(String key, String kind) {
    try {
      return config.getDouble(path(key));
    } catch (ConfigException e) {
      throw refuse(key, "must be " + kind);
    }
  }

  private String place(String key) {
    return Rendering.place(config.getValue(path(key)).origin());
  }

  private static String path(String key) {
    return ConfigUtil.quoteString(key);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Settings that && part.equals(that.part) && config.equals(that.config);
  }

  @Override
  public int hashCode() {
    return 31 * part.hashCode() + config.hashCode();
  }

  /** Returns the values in one line. */
  @Override
  public String toString() {
    return config.root().render(Rendering.CONCISE);
  }
}
