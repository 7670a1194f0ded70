package dev.troupe.cluster;

import dev.troupe.StudyFile;
import dev.troupe.actor.PortableStudy;
import dev.troupe.estimator.Estimator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The estimators of a worker: one for each study, made when its first job comes and closed when the
 * study has ended. They are made and closed on threads of their own, since they load data. Used by
 * one actor.
 */
final class StudyEstimators {

  private record Loaded(ExecutorService thread, CompletableFuture<Estimator> estimator) {}

  private static final Logger log = LoggerFactory.getLogger(StudyEstimators.class);

  private final Function<String, ExecutorService> threads;
  private final Map<Long, Loaded> byStudy = new HashMap<>();

  /**
   * @param threads gives a thread of a name
   */
  StudyEstimators(Function<String, ExecutorService> threads) {
    this.threads = threads;
  }

  /**
   * Makes the estimator of a study unless it is there.
   *
   * @param whenDone is told of it or of what went wrong, at once or on a thread of its own
   */
  void load(
      long study,
      PortableStudy portable,
      BiConsumer<@Nullable Estimator, @Nullable Throwable> whenDone) {
    Loaded loaded =
        byStudy.computeIfAbsent(
            study,
            unused -> {
              ExecutorService thread = threads.apply("troupe-estimator-" + study);
              return new Loaded(
                  thread, CompletableFuture.supplyAsync(() -> create(portable), thread));
            });
    var unused = loaded.estimator().whenComplete(whenDone);
  }

  private static Estimator create(PortableStudy portable) {
    StudyFile study = StudyFile.parse(portable.file(), portable.text(), portable.overrides());
    return study.createTrialEstimator(study.isolation().inOwnJvm());
  }

  /** Returns the numbers of the studies whose estimators are there. */
  List<Long> studies() {
    return List.copyOf(byStudy.keySet());
  }

  /** Closes the estimator of a study, none of whose jobs runs any more. */
  void close(long study) {
    Loaded loaded = byStudy.remove(study);
    if (loaded != null) {
      loaded.thread().execute(() -> close(loaded.estimator()));
      loaded.thread().shutdown();
    }
  }

  /** Closes all. */
  void closeAll() {
    studies().forEach(this::close);
  }

  /** Runs on the thread on which it was made, after that. */
  private static void close(CompletableFuture<Estimator> estimator) {
    try {
      if (!estimator.isCompletedExceptionally()) {
        estimator.join().close();
      }
    } catch (Throwable e) { // the user's code may throw anything
      log.warn("An estimator did not close: {}", e.toString());
    }
  }
}
