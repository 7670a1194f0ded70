package dev.troupe.estimator.isolation;

import dev.troupe.estimator.Evaluation;
import dev.troupe.study.Metrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one trial in a child. The evaluating thread answers the child's questions; when
 * the trial should end it says so, and kills the child if that does not help. Of one thread.
 */
final class IsolatedRun implements AutoCloseable {

  /** How often a request to stop is looked for while the child is silent. */
  private static final long PULSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** A slot that minds the time limit as well is let go first: it knows best what to say. */
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

  /** What is left to a trial beyond its time limit: just enough for one that obeys at once. */
  private static final Duration LAST_GRACE = Duration.ofSeconds(1);

  private final Child child;
  private final ToChild.Begin begin;
  private final Evaluation evaluation;
  private final Answers answers;
  private final long graceNanos;
  private final long startNanos = System.nanoTime();
  private boolean interrupted;
  private boolean begun;
  private boolean over;
  private boolean lateness;
  private @Nullable Long cancelledNanos;

  IsolatedRun(Child child, ToChild.Begin begin, Evaluation evaluation, Duration grace) {
    this.child = child;
    this.begin = begin;
    this.evaluation = evaluation;
    this.answers = new Answers(evaluation, child.folder());
    this.graceNanos = nanos(grace);
  }

  /**
   * Talks with the child until the trial has ended.
   *
   * @return its result
   * @throws IllegalArgumentException if the estimator refused its input
   * @throws IsolatedTrialException if there is no result: it threw, or its process died or was
   *     killed
   */
  Metrics converse() throws IsolatedTrialException {
    try {
      if (child.abilities() != null) {
        begin();
      }
      while (true) {
        Metrics result = take(next());
        if (result != null) {
          return result;
        }
      }
    } catch (InterruptedException e) {
      interrupted = true; // while the last words were waited for
      child.kill();
      throw new IsolatedTrialException(
          trial() + "its process was killed, since its evaluation was interrupted.", e);
    }
  }

  private void begin() {
    begun = true;
    child.turnOver();
    child.send(begin);
  }

  /** Waits for the next message; sees to it that it comes, or kills the child. */
  private ToParent next() throws IsolatedTrialException, InterruptedException {
    while (true) {
      urge();
      try {
        ToParent message = child.poll(PULSE_NANOS);
        if (message != null) {
          return message;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private void urge() throws IsolatedTrialException, InterruptedException {
    if (cancelledNanos == null) {
      lateness = isLate();
      if (lateness || interrupted || evaluation.stopRequested()) {
        cancel();
      }
    } else if (System.nanoTime() - cancelledNanos > patienceNanos()) {
      child.kill();
      throw new IsolatedTrialException(trial() + killed() + FirstWord.lastWords(child), null);
    }
  }

  private void cancel() throws IsolatedTrialException {
    if (begun) {
      cancelledNanos = System.nanoTime();
      child.send(new ToChild.Cancel());
      return;
    }
    // The child goes on with that, for the next trial.
    throw new IsolatedTrialException(
        trial() + (lateness ? tooLate() : "it was ended") + ", before its process was ready.",
        null);
  }

  private boolean isLate() {
    Duration limit = evaluation.timeLimit();
    return limit != null
        && System.nanoTime() - startNanos - LEAD_NANOS >= Math.min(nanos(limit), FOREVER_NANOS);
  }

  /** A trial beyond its limit has had its time, whoever noticed that first. */
  private long patienceNanos() {
    return lateness || isLate() ? Math.min(graceNanos, nanos(LAST_GRACE)) : graceNanos;
  }

  private String killed() {
    return lateness
        ? tooLate() + ", did not end when it was told to, and its process was killed."
        : "it did not end when it was told to, and its process was killed.";
  }

  private String tooLate() {
    return "it took longer than its time limit of %s (maybe raise estimator.time-limit)"
        .formatted(seconds(evaluation.timeLimit()));
  }

  private static String seconds(@Nullable Duration limit) {
    double seconds = limit == null ? 0 : limit.toMillis() / 1000.0;
    return seconds == Math.rint(seconds) ? "%ds".formatted((long) seconds) : seconds + "s";
  }

  /** Returns the result if the message is one. */
  private @Nullable Metrics take(ToParent message)
      throws IsolatedTrialException, InterruptedException {
    if (message instanceof ToParent.Silent silent) {
      throw new IsolatedTrialException(
          trial() + FirstWord.describeEnd(child, silent, answers.afterMeasurements()), null);
    }
    if (!begun) {
      makeReady(message);
    } else if (message instanceof ToParent.Question question) {
      child.send(new ToChild.Answered(answers.to(question)));
    } else if (message instanceof ToParent.Returned returned) {
      over = true;
      requireInTime();
      return returned.metrics();
    } else if (message instanceof ToParent.Threw threw) {
      over = true;
      requireInTime();
      fail(threw);
    }
    return null;
  }

  private void makeReady(ToParent message) throws IsolatedTrialException, InterruptedException {
    try {
      if (FirstWord.take(child, message) != null) {
        begin();
      }
    } catch (IsolatedTrialException e) {
      throw new IsolatedTrialException(trial() + e.getMessage(), e.getCause());
    }
  }

  private void requireInTime() throws IsolatedTrialException {
    if (lateness) {
      throw new IsolatedTrialException(trial() + tooLate() + ".", null);
    }
  }

  private void fail(ToParent.Threw threw) throws IsolatedTrialException {
    if (threw.broken()) {
      child.wearOut();
    }
    if (threw.wrongInput()) {
      throw new IllegalArgumentException(threw.reason());
    }
    throw new IsolatedTrialException(
        threw.reason(), threw.shortOfMemory() ? new OutOfMemoryError(threw.reason()) : null);
  }

  private String trial() {
    return "Trial %s: ".formatted(evaluation.attempt().trial());
  }

  private static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE; // three centuries will do
    }
  }

  /** Leaves the child to the next trial, or dead if this one has not ended in it. */
  @Override
  public void close() {
    if (begun && !over) {
      child.kill();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
