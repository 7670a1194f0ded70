package dev.troupe.estimator.isolation;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Failures;
import dev.troupe.estimator.InterruptibleTask;
import dev.troupe.study.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A child's side of the conversation. One thread listens, so that the end of the parent is noticed
 * whatever goes on; another makes the estimator and evaluates.
 */
final class ChildSession {

  /** What a child ends with that cannot go on; no sign of a program's own. */
  static final int BROKEN = 70;

  private static final int DEEPEST = 8;

  /** The newest evaluation, and what the worker does for it. */
  private record Running(ChildEvaluation evaluation, InterruptibleTask task) {

    void cancel() {
      evaluation.stop();
      task.interrupt();
    }
  }

  private final Frames.Writer writer; // guarded by this
  private final IntConsumer halt;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "troupe-trial"));
  private volatile @Nullable Path folder;
  private @Nullable Estimator estimator; // of the worker
  private @Nullable Running current; // of the listener

  /**
   * @param halt ends the JVM with a status, at once
   */
  ChildSession(Frames.Writer writer, IntConsumer halt) {
    this.writer = writer;
    this.halt = halt;
  }

  // The listening thread

  /** Listens until the parent says that it is over, or says nothing any more. */
  void listen(Frames.Reader reader) {
    try {
      for (byte[] frame = reader.read(); frame != null; frame = reader.read()) {
        take(Wire.decodeToChild(frame));
      }
    } catch (IOException | RuntimeException e) {
      halt.accept(BROKEN); // what the parent says cannot be understood, so nothing can be done
      return;
    }
    Path common = folder;
    if (common != null) {
      CommonFolder.remove(common);
    }
    halt.accept(0);
  }

  private void take(ToChild message) {
    if (message instanceof ToChild.Make make) {
      folder = Path.of(make.folder());
      worker.execute(() -> guarded(() -> make(make)));
    } else if (message instanceof ToChild.Begin begin) {
      var evaluation = new ChildEvaluation(begin, common(), this::send);
      var task = new InterruptibleTask(() -> evaluate(begin, evaluation));
      current = new Running(evaluation, task);
      worker.execute(() -> guarded(task));
    } else if (message instanceof ToChild.Answered answered && current != null) {
      current.evaluation().answer(answered.answer());
    } else if (message instanceof ToChild.Cancel && current != null) {
      current.cancel();
    } else if (message instanceof ToChild.Close) {
      worker.execute(() -> guarded(this::close));
    }
  }

  private Path common() {
    return requireNonNull(folder, "the first message names the folder");
  }

  // The working thread

  /** Runs what must not fail: a failure of it would leave the parent without an answer. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (Throwable e) {
      e.printStackTrace();
      halt.accept(BROKEN);
    }
  }

  private void make(ToChild.Make make) {
    if (make.version() != Wire.VERSION) {
      send(
          new ToParent.Refused(
              "it speaks version %d, but its parent %d. Maybe two versions of Troupe are on the class path"
                  .formatted(Wire.VERSION, make.version()),
              false));
      return;
    }
    try {
      Estimator made =
          Class.forName(make.maker())
              .asSubclass(EstimatorRecipe.Maker.class)
              .getConstructor()
              .newInstance()
              .make(make.ingredients());
      estimator = made;
      send(new ToParent.Ready(Abilities.of(made)));
    } catch (Throwable e) { // users' and native code may throw anything
      send(new ToParent.Refused(Failures.describe(e), e instanceof IllegalArgumentException));
    }
  }

  private void evaluate(ToChild.Begin begin, ChildEvaluation evaluation) {
    ToParent outcome;
    try {
      Estimator made = requireNonNull(estimator, "the estimator was refused");
      Metrics metrics =
          begin.best() != null
              ? made.test(begin.best(), evaluation)
              : made.evaluate(requireNonNull(begin.suggestion(), "suggestion"), evaluation);
      outcome = new ToParent.Returned(requireNonNull(metrics, "the estimator returned null"));
    } catch (Throwable e) { // users' and native code may throw anything
      outcome = threw(e);
    }
    evaluation.end();
    send(outcome);
  }

  private static ToParent threw(Throwable failure) {
    boolean shortOfMemory = false;
    boolean broken = false;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      shortOfMemory |= cause instanceof OutOfMemoryError;
      broken |= cause instanceof Error;
      cause = cause.getCause();
    }
    return new ToParent.Threw(
        Failures.describe(failure),
        failure instanceof IllegalArgumentException,
        shortOfMemory,
        broken);
  }

  private void close() {
    if (estimator != null) {
      estimator.close();
    }
    halt.accept(0);
  }

  /** Says something to the parent. Without a parent there is nothing left to do. */
  private synchronized void send(ToParent message) {
    try {
      writer.write(Wire.encode(message));
    } catch (IOException e) {
      halt.accept(BROKEN);
    }
  }
}
