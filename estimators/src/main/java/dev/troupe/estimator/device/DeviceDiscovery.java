package dev.troupe.estimator.device;

import java.util.List;

/**
 * Finds devices that need a library of their own. Implementations are found through {@link
 * java.util.ServiceLoader}; having none, a machine has its processor.
 */
public interface DeviceDiscovery {

  /**
   * What was found.
   *
   * @param devices those that work, in a fixed order, with names that differ; unmodifiable
   * @param warnings a sentence, with its remedy, for each that is there but cannot be used;
   *     unmodifiable
   */
  record Found(List<Device> devices, List<String> warnings) {

    /** Copies both lists. */
    public Found {
      devices = List.copyOf(devices);
      warnings = List.copyOf(warnings);
    }

    /** Returns that there is nothing, and nothing to say about it. */
    public static Found nothing() {
      return new Found(List.of(), List.of());
    }
  }

  /** Returns what it looks for, in a word, such as {@code cuda}. */
  String name();

  /** Looks for devices, once, before the first trial; may load native libraries. */
  Found discover();
}
