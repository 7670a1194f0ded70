package dev.troupe.estimator.weights;

import dev.troupe.study.Attempt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Keeps the checkpoints of one study in memory: they survive a worker, but not the process. */
public final class MemoryCheckpointStore implements CheckpointStore {

  private static final String PLACE = "in memory";

  private final Map<CheckpointKey, byte[]> kept = new ConcurrentHashMap<>();
  private final MemoryWeightStore weights = new MemoryWeightStore();

  @Override
  public CheckpointKey save(Attempt attempt, long step, CheckpointContent content)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    var sealing = new Sealing(bytes);
    content.writeTo(sealing);
    var key = new CheckpointKey(attempt, step, sealing.id(), sealing.bytes());
    kept.put(key, bytes.toByteArray());
    return key;
  }

  @Override
  public void read(CheckpointKey key, OutputStream out) throws IOException {
    byte[] bytes = kept.get(key);
    if (bytes == null) {
      throw new DamagedCheckpointException(key, PLACE, "it is not there");
    }
    out.write(bytes);
  }

  @Override
  public void remove(CheckpointKey key) {
    kept.remove(key);
  }

  @Override
  public void sweep(Set<CheckpointKey> wanted, Predicate<Attempt> past) {
    kept.keySet().removeIf(key -> !wanted.contains(key) && past.test(key.attempt()));
  }

  @Override
  public WeightStore weights() {
    return weights;
  }
}
