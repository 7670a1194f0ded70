package dev.troupe.estimator.weights;

import dev.troupe.settings.Provider;
import java.nio.file.Path;

/**
 * Opens stores of a kind that study files know by name, found through {@link
 * java.util.ServiceLoader}. Thread safe.
 */
public interface CheckpointStoreProvider extends Provider {

  /** Returns whether {@code checkpoints = setting} means this kind: its name, or a URI of its. */
  boolean serves(String setting);

  /**
   * Opens the store of one study; nothing is created before something is saved.
   *
   * @param setting the text after {@code checkpoints =}
   * @param study the name of the study
   * @param home the folder in which Troupe keeps what lasts
   * @throws IllegalArgumentException if the setting is wrong
   */
  CheckpointStore open(String setting, String study, Path home);
}
