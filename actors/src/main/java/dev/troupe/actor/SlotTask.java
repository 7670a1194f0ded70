package dev.troupe.actor;

import org.jspecify.annotations.Nullable;

/**
 * A task that can be interrupted while it runs, and only then: an interruption never reaches what
 * the thread does next.
 */
final class SlotTask implements Runnable {

  private final Runnable body;
  private @Nullable Thread runner;
  private boolean interrupted;

  SlotTask(Runnable body) {
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

  synchronized void interrupt() {
    interrupted = true;
    if (runner != null) {
      runner.interrupt();
    }
  }
}
