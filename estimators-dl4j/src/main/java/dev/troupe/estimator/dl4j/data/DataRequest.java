package dev.troupe.estimator.dl4j.data;

import static java.util.Objects.requireNonNull;

import dev.troupe.settings.Settings;
import java.nio.file.Path;

/**
 * What a data set is loaded from.
 *
 * @param settings the estimator's part of the study file
 * @param folder against which relative paths are resolved: that of the study file
 */
public record DataRequest(Settings settings, Path folder) {

  /** Requires both. */
  public DataRequest {
    requireNonNull(settings, "settings");
    requireNonNull(folder, "folder");
  }
}
