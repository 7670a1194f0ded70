package dev.troupe.estimator.isolation;

import org.jspecify.annotations.Nullable;

/**
 * An evaluation that can be interrupted while it runs, and only then: an interruption never reaches
 * what the thread does next.
 */
final class ChildTask {

  private final ChildEvaluation evaluation;
  private @Nullable Thread runner; // guarded by this
  private boolean cancelled; // guarded by this

  ChildTask(ChildEvaluation evaluation) {
    this.evaluation = evaluation;
  }

  ChildEvaluation evaluation() {
    return evaluation;
  }

  void run(Runnable body) {
    begin(Thread.currentThread());
    try {
      body.run();
    } finally {
      end();
    }
  }

  private synchronized void begin(Thread thread) {
    runner = thread;
    if (cancelled) {
      thread.interrupt();
    }
  }

  private synchronized void end() {
    runner = null;
    Thread.interrupted(); // whoever was meant has ended
  }

  synchronized void cancel() {
    cancelled = true;
    evaluation.stop();
    if (runner != null) {
      runner.interrupt();
    }
  }
}
