package dev.troupe.estimator.isolation;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.estimator.weights.CheckpointContent;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Metrics;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation in a child: what it does not know it asks its parent. Thread safe; questions go one
 * by one.
 */
final class ChildEvaluation implements Evaluation {

  private static final String WRITTEN = "written";
  private static final String RESTORED = "restored";
  private static final String INHERITED = "inherited";

  private final ToChild.Begin begin;
  private final Path folder;
  private final Consumer<ToParent> parent;
  private final RandomStreams streams;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private boolean over; // guarded by this
  private @Nullable Optional<Checkpoint> restored; // guarded by this
  private volatile boolean stopped;

  /**
   * @param folder in which both sides keep files
   * @param parent is told
   */
  ChildEvaluation(ToChild.Begin begin, Path folder, Consumer<ToParent> parent) {
    this.begin = begin;
    this.folder = folder;
    this.parent = parent;
    this.streams = RandomStreams.of(begin.seed());
  }

  // For the session

  void answer(Answer answer) {
    answers.add(answer);
  }

  void stop() {
    stopped = true;
  }

  /** From now on nothing can be asked: what is left running of it must not disturb the next. */
  synchronized void end() {
    over = true;
  }

  // For the estimator

  @Override
  public Attempt attempt() {
    return begin.attempt();
  }

  @Override
  public Device device() {
    return begin.device();
  }

  @Override
  public RandomStreams streams() {
    return streams;
  }

  @Override
  public @Nullable Duration timeLimit() {
    return begin.timeLimit();
  }

  @Override
  public boolean stopRequested() {
    return stopped;
  }

  @Override
  public Verdict report(long step, Metrics metrics) {
    if (stopped) {
      return Verdict.STOP;
    }
    return ask(new ToParent.Report(step, metrics), Answer.Verdict.class).verdict();
  }

  @Override
  public boolean keepsCheckpoints() {
    return begin.keepsCheckpoints();
  }

  @Override
  public synchronized boolean save(long step, CheckpointContent content) {
    return write(content) && ask(new ToParent.Save(step, WRITTEN), Answer.Kept.class).kept();
  }

  @Override
  public synchronized boolean leave(CheckpointContent content) {
    return write(content) && ask(new ToParent.Leave(WRITTEN), Answer.Kept.class).kept();
  }

  /** Returns whether there is something that the parent may keep. */
  private boolean write(CheckpointContent content) {
    if (!begin.keepsCheckpoints()) {
      return false;
    }
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve(WRITTEN)))) {
      content.writeTo(out);
      return true;
    } catch (IOException e) {
      return false; // the trial goes on without, as it does where the parent cannot keep it
    }
  }

  @Override
  public synchronized Optional<Checkpoint> restored() {
    if (restored == null) {
      Answer.Found found = ask(new ToParent.Restore(RESTORED), Answer.Found.class);
      Path file = folder.resolve(RESTORED);
      restored =
          found.found()
              ? Optional.of(Checkpoint.of(found.step(), out -> Files.copy(file, out)))
              : Optional.empty();
    }
    return restored;
  }

  @Override
  public synchronized Optional<byte[]> left(TrialId trial) {
    var question = new ToParent.Inherit(trial.number(), INHERITED);
    if (!ask(question, Answer.Found.class).found()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(INHERITED)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for the answer even if interrupted: it will come, or the parent kills this process.
   *
   * @throws IllegalArgumentException if the question broke a rule
   * @throws IllegalStateException if the parent could not answer, or the evaluation is over
   */
  private synchronized <A extends Answer> A ask(ToParent.Question question, Class<A> expected) {
    if (over) {
      throw new IllegalStateException(
          "Trial %s: it has ended, but something still reports. Maybe a thread of its estimator goes on."
              .formatted(attempt().trial()));
    }
    parent.accept(question);
    Answer answer = await();
    if (answer instanceof Answer.Objection objection) {
      throw objection.wrongInput()
          ? new IllegalArgumentException(objection.reason())
          : new IllegalStateException(objection.reason());
    }
    return expected.cast(answer);
  }

  private Answer await() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answers.take();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
