package dev.troupe.estimator.weights;

import dev.troupe.study.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps weights in memory, for a study that does not outlive its process. */
public final class MemoryWeightStore implements WeightStore {

  private static final long BUDGET = 1L << 28;

  private final Map<TrialId, LeftWeights> records = new TreeMap<>(); // guarded by this
  private final Map<String, byte[]> contents = new HashMap<>(); // guarded by this

  /** Returns 256 MiB. */
  @Override
  public long defaultBudget() {
    return BUDGET;
  }

  @Override
  public boolean leave(Heir heir, CheckpointContent content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var sealing = new Sealing(bytes);
    content.writeTo(sealing);
    var left = new LeftWeights(heir, sealing.id(), sealing.bytes());
    synchronized (this) {
      contents.putIfAbsent(left.id(), bytes.toByteArray());
      records.put(left.trial(), left);
      removeUnused();
    }
    return true;
  }

  /** Called with the monitor held. */
  private void removeUnused() {
    contents.keySet().retainAll(records.values().stream().map(LeftWeights::id).toList());
  }

  @Override
  public boolean read(TrialId trial, OutputStream out) throws IOException {
    byte[] content;
    synchronized (this) {
      LeftWeights left = records.get(trial);
      content = left == null ? null : contents.get(left.id());
    }
    if (content != null) {
      out.write(content);
    }
    return content != null;
  }

  @Override
  public synchronized List<LeftWeights> index() {
    return List.copyOf(records.values());
  }

  @Override
  public synchronized List<TrialId> trim(long budget, WeightNeeds needs) {
    List<TrialId> victims =
        Eviction.choose(records.values(), budget, needs).stream().map(LeftWeights::trial).toList();
    victims.forEach(records::remove);
    if (!victims.isEmpty()) {
      removeUnused();
    }
    return victims;
  }

  @Override
  public synchronized void clear() {
    records.clear();
    contents.clear();
  }
}
