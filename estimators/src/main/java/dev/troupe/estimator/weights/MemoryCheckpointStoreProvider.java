package dev.troupe.estimator.weights;

import dev.troupe.settings.Option;
import java.nio.file.Path;
import java.util.List;

/** The store {@code memory}: nothing outlives the process. */
public final class MemoryCheckpointStoreProvider implements CheckpointStoreProvider {

  /** Called by the service loader. */
  public MemoryCheckpointStoreProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String description() {
    return "keeps checkpoints in memory, for trials whose worker is lost";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public boolean serves(String setting) {
    return setting.equals(name());
  }

  @Override
  public CheckpointStore open(String setting, String study, Path home) {
    return new MemoryCheckpointStore();
  }
}
