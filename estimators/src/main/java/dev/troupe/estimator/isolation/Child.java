package dev.troupe.estimator.isolation;

import dev.troupe.codec.DamageException;
import dev.troupe.estimator.process.ExitStatus;
import dev.troupe.estimator.process.LastWords;
import dev.troupe.estimator.process.ProcessTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child JVM as its parent sees it. Three threads serve its pipes, so that no pipe can hold up who
 * talks with it. One thread at a time uses it; {@link #kill} and {@link #isAlive} may be called by
 * any.
 */
final class Child implements AutoCloseable {

  private static final long CLOSING_MILLIS = 2000;

  private final ProcessTree tree;
  private final Path folder;
  private final BlockingQueue<ToParent> inbox = new LinkedBlockingQueue<>();
  private final FrameSender sender;
  private final LastWords lastWords;
  private final List<Thread> threads;
  private volatile boolean worn;
  private volatile boolean dismissed;
  private volatile boolean killed;
  private @Nullable Abilities abilities;

  private Child(ProcessTree tree, Path folder) {
    this.tree = tree;
    this.folder = folder;
    Process process = tree.root();
    sender = new FrameSender(process.getOutputStream());
    lastWords = new LastWords(process.getErrorStream());
    threads = List.of(thread("out", this::read), thread("in", sender), thread("err", lastWords));
  }

  /**
   * Starts one and has it make its estimator; does not wait for that.
   *
   * @throws IOException if it cannot be started
   */
  static Child start(EstimatorRecipe recipe, List<String> options) throws IOException {
    ProcessBuilder builder = ChildCommand.builder(options);
    Path folder = CommonFolder.create();
    ProcessTree tree;
    try {
      tree = ProcessTree.start(builder);
    } catch (IOException | RuntimeException e) {
      CommonFolder.remove(folder);
      throw e;
    }
    var child = new Child(tree, folder);
    child.threads.forEach(Thread::start);
    child.send(
        new ToChild.Make(
            Wire.VERSION, recipe.maker().getName(), recipe.ingredients(), folder.toString()));
    return child;
  }

  private Thread thread(String pipe, Runnable task) {
    var thread = new Thread(task, "troupe-isolated-%d-%s".formatted(tree.root().pid(), pipe));
    thread.setDaemon(true);
    return thread;
  }

  private void read() {
    var reader =
        new Frames.Reader(
            tree.root().getInputStream(), noise -> lastWords.keep(noise, noise.length));
    try {
      for (byte[] frame = reader.read(); frame != null; frame = reader.read()) {
        inbox.add(Wire.decodeToParent(frame));
      }
      inbox.add(new ToParent.Silent(""));
    } catch (IOException | DamageException | IllegalArgumentException e) {
      inbox.add(new ToParent.Silent(tree.root().isAlive() ? String.valueOf(e.getMessage()) : ""));
    }
  }

  // Talk

  void send(ToChild message) {
    sender.send(message);
  }

  /** Returns the next message, or null if none comes in time. */
  @Nullable ToParent poll(long nanos) throws InterruptedException {
    return inbox.poll(nanos, TimeUnit.NANOSECONDS);
  }

  /** Returns the folder through which both pass files. */
  Path folder() {
    return folder;
  }

  /** Returns what its estimator can do, or null as long as it is not made. */
  @Nullable Abilities abilities() {
    return abilities;
  }

  void ready(Abilities made) {
    abilities = made;
  }

  /** Begins a new trial: what was said and left behind belongs to others. */
  void turnOver() {
    lastWords.forget();
    CommonFolder.clear(folder);
  }

  /** Says that it serves no further trial. */
  void wearOut() {
    worn = true;
  }

  // Life and death

  /** Returns whether it can serve another trial. */
  boolean isFit() {
    return !worn && tree.root().isAlive();
  }

  /** Returns its process number. */
  long pid() {
    return tree.root().pid();
  }

  /** How it came to an end: what happened, and what may be done about it. */
  record End(String event, String remedy) {}

  /**
   * Returns how its process ended, now that it is silent; kills it if it is not over.
   *
   * @param damage what was wrong with what it said last; empty if nothing
   */
  End end(String damage) throws InterruptedException {
    if (killed) {
      return new End(
          "its process was killed, since its estimator was closed", "Maybe a study still ran.");
    }
    if (tree.root().waitFor(CLOSING_MILLIS, TimeUnit.MILLISECONDS) && damage.isEmpty()) {
      int status = tree.root().exitValue();
      return new End(
          "its process ended by itself with " + ExitStatus.describe(status), remedy(status));
    }
    kill();
    return damage.isEmpty()
        ? new End(
            "its process closed its standard output and was killed", "Maybe native code in it did.")
        : new End(
            "its process was killed, since what it said was damaged (%s)".formatted(damage),
            "Maybe native code in it writes to standard output.");
  }

  private String remedy(int status) {
    if (abilities == null && status == 1) {
      return "Maybe its JVM could not start: see its last words.";
    }
    return switch (status) {
      case 128 + 9 -> ExitStatus.remedy(status);
      case 128 + 4, 128 + 6, 128 + 8, 128 + 11 -> "Maybe native code in it crashed.";
      default -> "Maybe its estimator calls System.exit or Runtime.halt.";
    };
  }

  /** Returns the end of what it wrote to standard error; it must be dead. */
  String lastWords() throws InterruptedException {
    for (Thread thread : threads) {
      if (!thread.getName().endsWith("-in")) {
        thread.join(CLOSING_MILLIS / 4);
      }
    }
    return lastWords.text();
  }

  /** Kills it and all that it started; returns when they are gone. */
  void kill() {
    worn = true;
    killed = true;
    tree.kill();
  }

  /** Asks it to close its estimator and to exit. */
  void dismiss() {
    worn = true;
    dismissed = true;
    send(new ToChild.Close());
  }

  /**
   * Waits a moment for it to exit if it was asked to, kills it otherwise; waits for its threads.
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      if (dismissed) {
        tree.root().waitFor(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
      }
      tree.kill();
      sender.end();
      for (Thread thread : threads) {
        thread.join(CLOSING_MILLIS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
      tree.kill();
    }
    threads.forEach(Thread::interrupt);
    CommonFolder.remove(folder);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
