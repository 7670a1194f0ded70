package dev.troupe.architecture;

import dev.troupe.settings.Provider;
import dev.troupe.settings.Settings;

/**
 * Makes a space of architectures that study files know by name. Thread safe. A new space is a class
 * that implements this and a line in {@code META-INF/services}.
 */
public interface ArchitectureSpaceProvider extends Provider {

  /**
   * Returns a new space.
   *
   * @param task what the networks are for
   * @param settings the block {@code architecture} of a study file, known to hold no other keys
   *     than {@link #options} names
   * @throws IllegalArgumentException if a setting is wrong, or no network of this space suits the
   *     task
   */
  ArchitectureSpace create(NetworkTask task, Settings settings);
}
