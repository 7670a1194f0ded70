package dev.troupe.estimator;

import static java.util.Objects.requireNonNull;

import dev.troupe.settings.Settings;
import java.nio.file.Path;

/**
 * What a space is inferred from.
 *
 * @param settings the estimator's part of the study file
 * @param hints the block {@code infer} of the study file, which overrides guesses
 * @param folder against which relative paths are resolved: that of the study file
 */
public record SpaceRequest(Settings settings, Settings hints, Path folder) {

  /** Requires all. */
  public SpaceRequest {
    requireNonNull(settings, "settings");
    requireNonNull(hints, "hints");
    requireNonNull(folder, "folder");
  }
}
