package dev.troupe.architecture;

import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds spaces of architectures by name. */
public final class ArchitectureSpaces {

  private ArchitectureSpaces() {}

  /**
   * Returns the space that settings describe.
   *
   * @param task what the networks are for
   * @param settings with the key {@code name} and those of that space
   * @throws IllegalArgumentException if there is no space of this name, or a setting is wrong
   */
  public static ArchitectureSpace create(NetworkTask task, Settings settings) {
    String name = settings.requireString("name", "nasnet");
    ArchitectureSpaceProvider provider;
    try {
      provider = Providers.find(ArchitectureSpaceProvider.class, "architecture space", name);
    } catch (IllegalArgumentException e) {
      throw settings.at("name", e);
    }
    Providers.requireKnown(provider, settings);
    return provider.create(task, settings);
  }

  /**
   * Returns a space by its name.
   *
   * @param options its keys; those left out have their defaults
   * @throws IllegalArgumentException if there is no space of this name, or an option is wrong
   */
  public static ArchitectureSpace named(String name, NetworkTask task, Map<String, ?> options) {
    var settings = new LinkedHashMap<String, Object>(options);
    settings.put("name", name);
    return create(task, Settings.of("architecture", settings));
  }
}
