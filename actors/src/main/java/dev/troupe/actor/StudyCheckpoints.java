package dev.troupe.actor;

import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.estimator.weights.CheckpointContent;
import dev.troupe.estimator.weights.CheckpointKey;
import dev.troupe.estimator.weights.CheckpointStore;
import dev.troupe.estimator.weights.DamagedCheckpointException;
import dev.troupe.estimator.weights.Heir;
import dev.troupe.estimator.weights.WeightNeeds;
import dev.troupe.estimator.weights.WeightStore;
import dev.troupe.study.Attempt;
import dev.troupe.study.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one study. Trials are worth more than their checkpoints: whatever goes wrong
 * with these is told, and the trial goes on. Thread safe; what blocks says so.
 */
public final class StudyCheckpoints {

  private static final Logger log = LoggerFactory.getLogger(StudyCheckpoints.class);

  private final String study;
  private final @Nullable CheckpointStore store;
  private final @Nullable WeightStore weights;
  private final long weightBudget;
  private final Executor thread;
  private final AtomicReference<@Nullable WeightNeeds> untrimmed = new AtomicReference<>();
  private final AtomicBoolean measuring = new AtomicBoolean();

  /**
   * Whether the weights were found to take more than may be kept, and nothing was forgotten since.
   */
  private volatile boolean over;

  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile CompletableFuture<@Nullable Void> swept =
      CompletableFuture.completedFuture(null);

  /**
   * Uses a store, of which another process of the study keeps the measure.
   *
   * @param store null if nothing is to be saved
   */
  public StudyCheckpoints(String study, @Nullable CheckpointStore store) {
    this(study, store, null);
  }

  /**
   * Uses a store.
   *
   * @param store null if nothing is to be saved
   * @param budget how many bytes of weights are kept for heirs; null for what the store says
   */
  StudyCheckpoints(String study, @Nullable CheckpointStore store, @Nullable Long budget) {
    this.study = study;
    this.store = store;
    weights = store == null ? null : store.weights();
    weightBudget = budget != null ? budget : weights == null ? 0 : weights.defaultBudget();
    this.thread = Threads.transientSingle("troupe-checkpoints-" + study);
  }

  /** Returns the setting by which other processes open the same store; null if none can. */
  public @Nullable String place() {
    return store == null ? null : store.place();
  }

  /** Returns whether anything is saved. */
  boolean areKept() {
    return store != null;
  }

  /** Keeps a checkpoint; blocks. Returns null if it cannot be kept. */
  @Nullable CheckpointKey save(Attempt attempt, long step, CheckpointContent content) {
    if (store == null) {
      return null;
    }
    swept.join();
    try {
      return store.save(attempt, step, content);
    } catch (ClosedByInterruptException e) {
      return null; // the trial is being stopped
    } catch (IOException | RuntimeException e) { // a store may be anybody's
      if (!warned.getAndSet(true)) {
        log.warn(
            "Study '{}': the checkpoint of trial {} at step {} could not be saved ({}). Trials go"
                + " on, and begin anew if they are lost. Maybe make room, or set checkpoints ="
                + " none; this is said once.",
            study,
            attempt.trial(),
            step,
            e.toString());
      }
      return null;
    }
  }

  /** Returns the first of {@code resumptions} whose checkpoint is intact; blocks. */
  @Nullable Resumption firstIntact(List<Resumption> resumptions) {
    for (Resumption resumption : resumptions) {
      if (isIntact(resumption.key())) {
        return resumption;
      }
    }
    return null;
  }

  private boolean isIntact(CheckpointKey key) {
    if (store == null) {
      return false;
    }
    try {
      store.read(key, OutputStream.nullOutputStream());
      return true;
    } catch (ClosedByInterruptException e) {
      return false; // the trial is being stopped
    } catch (IOException | RuntimeException e) {
      log.warn(
          "Study '{}': {} Its trial goes on from the one before, or begins anew.",
          study,
          e instanceof DamagedCheckpointException
              ? e.getMessage()
              : "the %s cannot be read: %s.".formatted(key, e));
      return false;
    }
  }

  /** Returns what was found to be intact, for the estimator. */
  Checkpoint open(CheckpointKey key) {
    return Checkpoint.of(
        key.step(),
        out -> {
          if (store != null) {
            store.read(key, out);
          }
        });
  }

  /** Keeps what a trial leaves to others; blocks. Returns whether it is kept. */
  boolean leave(Heir heir, CheckpointContent content) {
    if (weights == null) {
      return false;
    }
    swept.join();
    try {
      return weights.leave(heir, content);
    } catch (ClosedByInterruptException e) {
      return false; // the trial is being stopped
    } catch (IOException | RuntimeException e) { // a store may be anybody's
      if (!warned.getAndSet(true)) {
        log.warn(
            "Study '{}': what trial {} leaves to others could not be kept ({}). Those begin"
                + " without. Maybe make room, or set checkpoints = none; this is said once.",
            study,
            heir.trial(),
            e.toString());
      }
      return false;
    }
  }

  /**
   * Forgets weights that there is no room for, soon; called whenever the needs may have changed.
   * How much there is, is measured first: the needs of thousands of trials are gathered only if
   * that is too much, by the next call.
   */
  void trim(Supplier<WeightNeeds> needs) {
    WeightStore from = weights;
    if (from == null) {
      return;
    }
    if (!over) {
      if (!measuring.getAndSet(true)) {
        thread.execute(() -> measure(from));
      }
    } else if (untrimmed.getAndSet(needs.get()) == null) {
      thread.execute(() -> trim(from));
    }
  }

  private void measure(WeightStore from) {
    measuring.set(false);
    try {
      over = from.bytes() > weightBudget;
    } catch (IOException | RuntimeException e) {
      tellLeftBehind(e);
    }
  }

  private void trim(WeightStore from) {
    WeightNeeds needs = untrimmed.getAndSet(null);
    if (needs == null) {
      return;
    }
    try {
      over = false;
      List<TrialId> forgotten = from.trim(weightBudget, needs);
      if (!forgotten.isEmpty()) {
        log.debug("Study '{}': the weights of trials {} are forgotten.", study, forgotten);
      }
    } catch (IOException | RuntimeException e) {
      tellLeftBehind(e);
    }
  }

  /** Returns what a trial has left to others, if that is there and intact; blocks. */
  Optional<byte[]> left(TrialId trial) {
    if (weights == null) {
      return Optional.empty();
    }
    var bytes = new ByteArrayOutputStream();
    try {
      return weights.read(trial, bytes) ? Optional.of(bytes.toByteArray()) : Optional.empty();
    } catch (ClosedByInterruptException e) {
      return Optional.empty(); // the trial is being stopped
    } catch (IOException | RuntimeException e) {
      log.warn("Study '{}': what trial {} has left cannot be read: {}", study, trial, e.toString());
      return Optional.empty();
    }
  }

  /** Removes all that an earlier study of this name has left; nothing is saved until then. */
  void clear() {
    if (store != null) {
      CheckpointStore from = store;
      swept =
          CompletableFuture.runAsync(
              () -> {
                sweep(from, Set.of(), attempt -> true);
                clearWeights();
              },
              thread);
    }
  }

  private void clearWeights() {
    try {
      if (weights != null) {
        weights.clear();
      }
    } catch (IOException | RuntimeException e) {
      tellLeftBehind(e);
    }
  }

  /** Removes what nobody will ask for. */
  void remove(Collection<CheckpointKey> keys) {
    if (store != null && !keys.isEmpty()) {
      thread.execute(() -> keys.forEach(this::remove));
    }
  }

  private void remove(CheckpointKey key) {
    try {
      if (store != null) {
        store.remove(key);
      }
    } catch (IOException | RuntimeException e) {
      tellLeftBehind(e);
    }
  }

  private void tellLeftBehind(Exception problem) {
    log.warn("Study '{}': an old checkpoint could not be removed: {}", study, problem.toString());
  }

  /** Removes what earlier runs of the study have left behind; nothing is saved until then. */
  void sweep(Set<CheckpointKey> kept, Predicate<Attempt> past) {
    if (store != null) {
      CheckpointStore from = store;
      swept = CompletableFuture.runAsync(() -> sweep(from, kept, past), thread);
    }
  }

  private void sweep(CheckpointStore from, Set<CheckpointKey> kept, Predicate<Attempt> past) {
    try {
      from.sweep(kept, past);
      if (weights != null) {
        weights.tidy();
      }
    } catch (IOException | RuntimeException e) {
      tellLeftBehind(e);
    }
  }
}
