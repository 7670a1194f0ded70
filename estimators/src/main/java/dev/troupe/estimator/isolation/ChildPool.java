package dev.troupe.estimator.isolation;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The children of one estimator. There is always one that waits for the next trial, as long as
 * there are fewer than wanted; where more trials come at once, there are more children. Thread
 * safe.
 */
final class ChildPool implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChildPool.class);

  private final EstimatorRecipe recipe;
  private final IsolationOptions options;
  private final Deque<Child> idle = new ArrayDeque<>(); // guarded by this
  private final Set<Child> all = new HashSet<>(); // guarded by this
  private boolean closed; // guarded by this

  ChildPool(EstimatorRecipe recipe, IsolationOptions options) {
    this.recipe = recipe;
    this.options = options;
  }

  /**
   * Returns a child for one trial, and starts the one for the next.
   *
   * @throws IOException if no JVM can be started
   * @throws IllegalStateException if this is closed
   */
  Child take() throws IOException {
    var dead = new ArrayList<Child>();
    try {
      return take(dead);
    } finally {
      dead.forEach(ChildPool::end);
    }
  }

  private synchronized Child take(List<Child> dead) throws IOException {
    if (closed) {
      throw new IllegalStateException("The estimator was closed. Maybe a study still ran.");
    }
    Child child = idle.pollFirst();
    while (child != null && !child.isFit()) {
      all.remove(child);
      dead.add(child);
      child = idle.pollFirst();
    }
    if (child == null) {
      child = start();
    }
    keepOneReady();
    return child;
  }

  /** Takes a child back after its trial: it serves another one, or another takes its place. */
  void giveBack(Child child) {
    if (!keep(child)) {
      end(child);
    }
  }

  private synchronized boolean keep(Child child) {
    if (closed) {
      return true; // whoever closed this ends it
    }
    if (child.isFit()) {
      idle.addFirst(child);
      return true;
    }
    all.remove(child);
    keepOneReady();
    return false;
  }

  /** Nobody else waits for that: it may take a moment. */
  private static void end(Child child) {
    child.kill();
    child.close();
  }

  private Child start() throws IOException {
    Child child = Child.start(recipe, options.jvmOptions());
    all.add(child);
    return child;
  }

  private void keepOneReady() {
    if (idle.isEmpty() && all.size() < options.children()) {
      try {
        idle.addLast(start());
      } catch (IOException e) {
        log.warn("A process for the next trial could not be started: {}", e.toString());
      }
    }
  }

  /** Dismisses those that wait and kills those that work. Does nothing the second time. */
  @Override
  public void close() {
    List<Child> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(all);
      idle.forEach(Child::dismiss);
      left.stream().filter(child -> !idle.contains(child)).forEach(Child::kill);
      idle.clear();
      all.clear();
    }
    left.forEach(Child::close);
  }
}
