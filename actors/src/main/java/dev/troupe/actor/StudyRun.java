package dev.troupe.actor;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Failures;
import dev.troupe.study.StudyResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A study as its guardian sees it. The result goes out when the study's actor is gone: by then its
 * ledger is closed and its name is free.
 */
final class StudyRun {

  private static final Logger log = LoggerFactory.getLogger(StudyRun.class);

  /** How long listeners and the estimator's close may keep the result back. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final TroupeActor.StartStudy request;
  private final CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();
  private final CompletableFuture<StudyResult> ended = new CompletableFuture<>();

  StudyRun(TroupeActor.StartStudy request) {
    this.request = request;
    var unused = opened.thenRun(() -> request.opened().complete(null));
  }

  String name() {
    return request.setup().name();
  }

  /** Returns what the study's actor completes before it stops. */
  CompletableFuture<StudyResult> ended() {
    return ended;
  }

  /**
   * Returns what the study's actor completes when the study has begun, or is refused. A refusal
   * goes out when the actor is gone.
   */
  CompletableFuture<@Nullable Void> opened() {
    return opened;
  }

  /** The actor is gone: lets the events arrive, closes the estimator, and hands the result out. */
  void finish(Timers timers) {
    if (!ended.isDone()) {
      fail("its actor stopped");
      return;
    }
    opened.complete(null);
    Runnable handOut = () -> request.result().complete(ended.join());
    Runnable cancel = timers.afterOnMachine(GRACE, handOut);
    request
        .events()
        .close(
            () -> {
              closeEstimator();
              cancel.run();
              handOut.run();
            });
  }

  /** The actor is gone, and left no result. */
  void fail(String reason) {
    var failure = new IllegalStateException("Study '%s': %s.".formatted(name(), reason));
    opened.completeExceptionally(failure); // unless it has begun, or was refused
    // A study that did not begin leaves the estimator to whoever wanted to start it.
    boolean begun = !opened.isCompletedExceptionally();
    request.events().close(begun ? this::closeEstimator : () -> {});
    request.result().completeExceptionally(failure);
    var unused =
        opened.whenComplete(
            (nothing, refusal) -> {
              if (refusal != null) {
                request.opened().completeExceptionally(refusal);
              }
            });
  }

  /** Runs on the thread of the events: the estimator is the user's code and may block or throw. */
  private void closeEstimator() {
    Estimator estimator = request.setup().estimator();
    if (estimator != null) {
      try {
        estimator.close();
      } catch (Throwable e) { // the user's code may throw anything
        log.warn("Study '{}': its estimator did not close: {}", name(), Failures.describe(e));
      }
    }
  }
}
