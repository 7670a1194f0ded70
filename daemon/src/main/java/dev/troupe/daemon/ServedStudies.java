package dev.troupe.daemon;

import dev.troupe.Study;
import dev.troupe.StudyBuilder;
import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The studies of a daemon: a line for each end, and the worst of what they came to. Thread safe.
 */
final class ServedStudies {

  /**
   * A study that runs.
   *
   * @param name under which it is kept
   * @param ended completes with its result, when it has ended and been printed
   */
  record Running(String name, CompletableFuture<StudyResult> ended) {}

  private final Troupe troupe;
  private final Path home;
  private final Terminal terminal;

  /** Guarded by this, as is all below. */
  private final Set<Study<?>> running = new HashSet<>();

  private int status = ExitStatus.DONE;
  private boolean stopping;

  ServedStudies(Troupe troupe, Path home, Terminal terminal) {
    this.troupe = troupe;
    this.home = home;
    this.terminal = terminal;
  }

  /**
   * Starts a study, or takes it up where it stands.
   *
   * @throws IllegalArgumentException if the study cannot be run here
   * @throws IllegalStateException if it runs already, or the daemon is about to end
   */
  Running start(StudyFile file, boolean fresh) {
    if (file.isVirtual()) {
      throw new IllegalArgumentException(
          "Study '%s': a daemon's clock is real, but study.clock = virtual. Maybe troupe run it."
              .formatted(file.name()));
    }
    StudyBuilder<Configuration> builder =
        file.builder(troupe, List.of()).home(home).isolation(file.isolation().inOwnJvm());
    if (fresh) {
      builder.fresh();
    }
    Study<?> study = file.start(builder);
    terminal.err().println("Study %s is served.".formatted(study.name()));
    synchronized (this) {
      running.add(study);
      if (stopping) {
        study.stop(true);
      }
    }
    return new Running(
        study.name(),
        study
            .outcome()
            .whenComplete((result, failure) -> ended(study, file, result, failure))
            .toCompletableFuture());
  }

  private void ended(
      Study<?> study, StudyFile file, @Nullable StudyResult result, @Nullable Throwable failure) {
    if (result == null) {
      terminal.err().println("troupe: " + (failure == null ? study.name() : failure.getMessage()));
    } else {
      terminal.out().println(line(result, file));
      terminal.flush();
    }
    synchronized (this) {
      running.remove(study);
      status = Math.max(status, status(result));
      notifyAll();
    }
  }

  private static String line(StudyResult result, StudyFile file) {
    EndedTrial best = result.best();
    return "Study %s: %s, because %s; %d completed, %d pruned, %d failed, %d stopped; %s."
        .formatted(
            result.study(),
            result.state().name().toLowerCase(Locale.ROOT),
            result.reason(),
            result.completed(),
            result.pruned(),
            result.failed(),
            result.stopped(),
            best == null
                ? "no best trial"
                : "best trial %s: %s"
                    .formatted(best.id(), Text.metrics(best.metrics(), file.objectives())));
  }

  private static int status(@Nullable StudyResult result) {
    return result == null || result.state() == StudyState.FAILED || result.best() == null
        ? ExitStatus.FAILED
        : ExitStatus.DONE;
  }

  /** Returns whether the daemon is about to end. */
  synchronized boolean isStopping() {
    return stopping;
  }

  /** Stops all studies; trials that run are interrupted. */
  synchronized void stop() {
    stopping = true;
    running.forEach(study -> study.stop(true));
    notifyAll();
  }

  /**
   * Waits until no study runs and the daemon has been stopped.
   *
   * @param orDone whether it ends by itself, too, when no study runs any more
   * @return the worst status of a study
   */
  synchronized int await(boolean orDone) {
    try {
      while (!running.isEmpty() || !stopping && !orDone) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return status;
  }
}
