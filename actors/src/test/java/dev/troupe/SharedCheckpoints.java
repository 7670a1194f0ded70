package dev.troupe;

import dev.troupe.estimator.weights.CheckpointStore;
import dev.troupe.estimator.weights.CheckpointStoreProvider;
import dev.troupe.estimator.weights.MemoryCheckpointStore;
import dev.troupe.settings.Option;
import dev.troupe.study.Attempt;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Checkpoints that outlive their studies, in this JVM, by home folder; saving is fast. */
public final class SharedCheckpoints implements CheckpointStoreProvider {

  /** The setting that means this store. */
  static final String SETTING = "shared";

  private static final Map<Path, MemoryCheckpointStore> STORES = new ConcurrentHashMap<>();

  /** Called by the service loader. */
  public SharedCheckpoints() {}

  /** Returns the attempts of which there are checkpoints. */
  static Set<Attempt> attempts(Path home, String study) {
    var attempts =
        new TreeSet<Attempt>(Comparator.comparing(Attempt::trial).thenComparing(Attempt::number));
    store(home, study)
        .sweep(
            Set.of(),
            attempt -> {
              attempts.add(attempt);
              return false;
            });
    return attempts;
  }

  private static MemoryCheckpointStore store(Path home, String study) {
    return STORES.computeIfAbsent(home.resolve(study), unused -> new MemoryCheckpointStore());
  }

  @Override
  public String name() {
    return SETTING;
  }

  @Override
  public String description() {
    return "keeps checkpoints as long as the tests run";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public boolean serves(String setting) {
    return setting.equals(SETTING);
  }

  @Override
  public CheckpointStore open(String setting, String study, Path home) {
    return store(home, study);
  }
}
