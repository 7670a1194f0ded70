package dev.troupe.estimator.weights;

import dev.troupe.study.Attempt;
import dev.troupe.study.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Keeps the checkpoints of one study in memory: they survive a worker, but not the process. Of what
 * trials leave to others the newest is kept, up to 256 MiB.
 */
public final class MemoryCheckpointStore implements CheckpointStore {

  private static final String PLACE = "in memory";
  private static final long MOST_LEFT = 1L << 28;

  private final Map<CheckpointKey, byte[]> kept = new ConcurrentHashMap<>();
  private final Map<TrialId, byte[]> left = new LinkedHashMap<>(); // guarded by itself

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
  public boolean leave(TrialId trial, CheckpointContent content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    synchronized (left) {
      left.remove(trial); // what is put again would keep its old place otherwise
      left.put(trial, bytes.toByteArray());
      long sum = left.values().stream().mapToLong(each -> each.length).sum();
      for (var oldest = left.values().iterator(); sum > MOST_LEFT; oldest.remove()) {
        sum -= oldest.next().length;
      }
      return left.containsKey(trial);
    }
  }

  @Override
  public boolean readLeft(TrialId trial, OutputStream out) throws IOException {
    byte[] bytes;
    synchronized (left) {
      bytes = left.get(trial);
    }
    if (bytes != null) {
      out.write(bytes);
    }
    return bytes != null;
  }

  @Override
  public void forgetLeft() {
    synchronized (left) {
      left.clear();
    }
  }
}
