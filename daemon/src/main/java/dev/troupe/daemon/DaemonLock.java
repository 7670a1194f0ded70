package dev.troupe.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right to serve a home folder: a lock on a file that names its holder. The operating system
 * takes it back when the process ends, however that happens; the file stays. Thread safe.
 */
final class DaemonLock implements AutoCloseable {

  private static final String NAME = "daemon.lock";

  /** Far behind the text, which so stays readable where a lock keeps readers out. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * The locks of this process. The file of a held lock must not be opened again here: on POSIX,
   * closing any channel of a file gives up all locks that the process has on it.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private DaemonLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a home folder, which is made if need be.
   *
   * @throws IllegalStateException if another process serves it, whom the message names, or the lock
   *     file cannot be written
   */
  static DaemonLock acquire(Path home) {
    try {
      Path file = Files.createDirectories(home).toRealPath().resolve(NAME);
      synchronized (HELD) {
        FileChannel channel = HELD.contains(file) ? null : open(file);
        if (channel == null) {
          throw new IllegalStateException(
              "Home folder '%s' is served by %s already. Maybe choose another --home, or hand studies to it with troupe run."
                  .formatted(home, holder(home)));
        }
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode("process " + ProcessHandle.current().pid()), 0);
        HELD.add(file);
        return new DaemonLock(file, channel);
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "Home folder '%s' cannot be served: %s. Maybe choose another --home."
              .formatted(home, e.getMessage()),
          e);
    }
  }

  /** Returns the locked file; null if another process has the lock. */
  private static @Nullable FileChannel open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // this class, loaded a second time in this process
    }
    channel.close();
    return null;
  }

  /** Returns who serves a home folder; null if nobody does. */
  static @Nullable String holder(Path home) {
    Path lock = home.resolve(NAME);
    try {
      if (!Files.exists(lock)) {
        return null;
      }
      synchronized (HELD) {
        if (HELD.contains(home.toRealPath().resolve(NAME))) {
          return "this process";
        }
        FileChannel channel = open(lock);
        if (channel != null) {
          channel.close();
          return null;
        }
      }
      return read(lock);
    } catch (IOException e) {
      return null; // a folder that cannot be written is not served
    }
  }

  private static String read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer text = ByteBuffer.allocate(100);
      channel.read(text, 0);
      String holder = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
      return holder.isEmpty() ? "another process" : holder;
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    synchronized (HELD) {
      HELD.remove(file);
      try {
        channel.close();
      } catch (IOException e) {
        throw new IllegalStateException(
            "Lock file '%s' cannot be closed: %s.".formatted(file, e.getMessage()), e);
      }
    }
  }
}
