package dev.troupe.estimator.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program and all that it starts. A process whose parent has exited is no longer anybody's
 * descendant, so each tree carries a mark in its environment, which children inherit: where the
 * system shows the environment of processes (Linux), nothing escapes that keeps it. Elsewhere the
 * descendants seen by {@link #observe} are remembered. Thread safe.
 */
public final class ProcessTree {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
  private static final Path PROCESSES = Path.of("/proc");
  private static final boolean ENVIRONMENT_SHOWN =
      Files.isReadable(PROCESSES.resolve("self/environ"));
  private static final int ROUNDS = 12;

  private final String mark;
  private final Process root;
  private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

  private ProcessTree(String mark, Process root) {
    this.mark = mark;
    this.root = root;
  }

  /**
   * Starts a program.
   *
   * @throws IOException if it cannot be started
   */
  public static ProcessTree start(ProcessBuilder builder) throws IOException {
    String mark = "TROUPE_PROCESS_" + UUID.randomUUID().toString().replace('-', '_');
    Map<String, String> environment = builder.environment();
    environment.put(mark, "1");
    return new ProcessTree(mark, requireNonNull(builder.start(), "process"));
  }

  /** Returns the program itself. */
  public Process root() {
    return root;
  }

  /** Remembers who belongs to it now, where that cannot be found out later. */
  public void observe() {
    if (!ENVIRONMENT_SHOWN && root.isAlive()) {
      root.descendants().forEach(seen::add);
    }
  }

  /** Kills everything that belongs to it; returns when it is gone, at the latest after seconds. */
  public void kill() {
    boolean interrupted = Thread.interrupted(); // would turn the pauses below into a busy loop
    killInRounds();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void killInRounds() {
    for (int round = 0; round < ROUNDS; round++) {
      Set<ProcessHandle> alive = alive();
      if (alive.isEmpty()) {
        return;
      }
      alive.forEach(ProcessHandle::destroyForcibly);
      // Waiting on the handles instead would cost a thread for each zombie that nobody reaps.
      LockSupport.parkNanos(1_000_000L << Math.min(round, 9));
    }
    LOG.warn("Program {} or a process that it started survives being killed.", root.pid());
  }

  private Set<ProcessHandle> alive() {
    var alive = new HashSet<ProcessHandle>();
    if (root.isAlive()) {
      alive.add(root.toHandle());
      root.descendants().forEach(alive::add);
    }
    if (ENVIRONMENT_SHOWN) {
      addMarked(alive);
    } else {
      seen.removeIf(handle -> !handle.isAlive());
      alive.addAll(seen);
    }
    return alive;
  }

  private void addMarked(Set<ProcessHandle> alive) {
    byte[] wanted = (mark + "=").getBytes(StandardCharsets.US_ASCII);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path folder : folders) {
        byte[] environment = environment(folder);
        if (environment != null && contains(environment, wanted)) {
          long pid = Long.parseLong(requireNonNull(folder.getFileName()).toString());
          ProcessHandle.of(pid).filter(ProcessHandle::isAlive).ifPresent(alive::add);
        }
      }
    } catch (IOException e) {
      LOG.debug("Cannot list the processes.", e);
    }
  }

  /** Returns a process' environment, empty for a zombie, or null if it is gone or not ours. */
  private static byte @Nullable [] environment(Path folder) {
    try {
      return Files.readAllBytes(folder.resolve("environ"));
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (matches(bytes, i, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int offset, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[offset + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
