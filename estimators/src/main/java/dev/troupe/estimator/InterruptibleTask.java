package dev.troupe.estimator;

import org.jspecify.annotations.Nullable;

/**
 * A task that can be interrupted while it runs, and only then: an interruption never reaches what
 * the thread does next. One that is interrupted before it runs begins interrupted. Thread safe.
 */
public final class InterruptibleTask implements Runnable {

  private final Runnable body;
  private @Nullable Thread runner; // guarded by this
  private boolean interrupted; // guarded by this

  /** Makes a task of a body, which is run once. */
  public InterruptibleTask(Runnable body) {
    this.body = body;
  }

  @Override
  public void run() {
    begin(Thread.currentThread());
    try {
      body.run();
    } finally {
      end();
    }
  }

  private synchronized void begin(Thread thread) {
    runner = thread;
    if (interrupted) {
      thread.interrupt();
    }
  }

  private synchronized void end() {
    runner = null;
    Thread.interrupted(); // whoever was meant has ended
  }

  /** Interrupts the body if it runs, or once it begins; does nothing when it has ended. */
  public synchronized void interrupt() {
    interrupted = true;
    if (runner != null) {
      runner.interrupt();
    }
  }
}
