package dev.troupe.actor;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that do not keep a JVM alive. */
final class Threads {

  private static final long IDLE_SECONDS = 2;

  private Threads() {}

  static ThreadFactory daemon(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  static ExecutorService single(String name) {
    return Executors.newSingleThreadExecutor(daemon(name));
  }

  /** Returns one thread at a time, which ends when idle: there is nothing to shut down. */
  static Executor transientSingle(String name) {
    var executor =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemon(name));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
