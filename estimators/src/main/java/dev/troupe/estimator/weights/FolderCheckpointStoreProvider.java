package dev.troupe.estimator.weights;

import dev.troupe.codec.FileNames;
import dev.troupe.settings.Option;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.List;

/**
 * The store {@code file}: a folder for each study, below the folder {@code checkpoints} of the home
 * or below the one that a {@code file:} URI names, which machines may share.
 */
public final class FolderCheckpointStoreProvider implements CheckpointStoreProvider {

  private static final String SCHEME = "file:";

  /** Called by the service loader. */
  public FolderCheckpointStoreProvider() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public String description() {
    return "keeps checkpoints in the home folder, or in another one (file:///…)";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public boolean serves(String setting) {
    return setting.equals(name()) || setting.startsWith(SCHEME);
  }

  @Override
  public CheckpointStore open(String setting, String study, Path home) {
    return new FolderCheckpointStore(folder(setting, study, home));
  }

  /** Returns the folder of a study; it need not exist. */
  public static Path folder(String setting, String study, Path home) {
    Path base = setting.startsWith(SCHEME) ? path(setting) : home.resolve("checkpoints");
    return base.resolve(FileNames.of(study));
  }

  private static Path path(String setting) {
    try {
      return Path.of(URI.create(setting));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new IllegalArgumentException(
          "checkpoints must name an absolute folder as in 'file:///shared/checkpoints', but was '%s' (%s)."
              .formatted(setting, e.getMessage()),
          e);
    }
  }
}
