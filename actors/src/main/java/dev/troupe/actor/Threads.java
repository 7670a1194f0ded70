package dev.troupe.actor;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Threads that do not keep a JVM alive. */
final class Threads {

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
}
