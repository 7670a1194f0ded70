package dev.troupe.estimator.weights;

import dev.troupe.settings.Providers;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stores on the class path, by the settings that name them. */
public final class CheckpointStores {

  /** Where the ledger is: in the home folder, or in memory if the ledger is. */
  public static final String DEFAULT = "auto";

  /** Nothing is saved. */
  public static final String NONE = "none";

  private CheckpointStores() {}

  /**
   * Opens the store of one study.
   *
   * @param setting {@link #DEFAULT}, {@link #NONE}, the name of a store or its URI
   * @param durable whether the study's ledger outlives the process
   * @param study the name of the study
   * @param home the folder in which Troupe keeps what lasts
   * @return null if nothing is to be saved
   * @throws IllegalArgumentException if there is no such store, or the setting is wrong
   */
  public static @Nullable CheckpointStore open(
      String setting, boolean durable, String study, Path home) {
    if (setting.equals(NONE)) {
      return null;
    }
    String chosen = setting.equals(DEFAULT) ? (durable ? "file" : "memory") : setting;
    List<CheckpointStoreProvider> providers = Providers.all(CheckpointStoreProvider.class);
    for (CheckpointStoreProvider provider : providers) {
      if (provider.serves(chosen)) {
        return provider.open(chosen, study, home);
      }
    }
    throw new IllegalArgumentException(
        "checkpoints must be auto, none or one of %s, but was '%s'. Maybe checkpoints = auto."
            .formatted(providers.stream().map(CheckpointStoreProvider::name).toList(), setting));
  }
}
