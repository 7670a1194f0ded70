package dev.troupe.ledger;

import dev.troupe.codec.FileNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The right to write one study: a lock on a file that names its holder. The operating system takes
 * it back when the process ends, however that happens; the file stays. Thread safe.
 */
final class StudyLock implements AutoCloseable {

  /** Far behind the text, which so stays readable where a lock keeps readers out. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * The holders of this process by lock file. The file of a held lock must not be opened again
   * here: on POSIX, closing any channel of a file gives up all locks that the process has on it.
   */
  private static final Map<Path, String> HELD = new HashMap<>();

  private final Path file;
  private final FileChannel channel;

  private StudyLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of {@code study}.
   *
   * @param folder where the lock files lie; created if need be
   * @throws IllegalStateException if somebody holds it, whom the message names
   * @throws IOException if the lock file cannot be written
   */
  static StudyLock acquire(Path folder, String study) throws IOException {
    Path file = Files.createDirectories(folder).toRealPath().resolve(FileNames.of(study) + ".lock");
    synchronized (HELD) {
      String here = HELD.get(file);
      if (here != null) {
        throw Holder.refusal(study, here, file);
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        FileLock lock = tryLock(channel);
        if (lock == null) {
          throw Holder.refusal(study, readHolder(channel), file);
        }
        String holder = Holder.describeThisProcess();
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode(holder), 0);
        HELD.put(file, holder);
        return new StudyLock(file, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // this class, loaded a second time in this process
    }
  }

  private static String readHolder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(1024);
    channel.read(text, 0);
    String holder = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
    return holder.isEmpty() ? "another process" : holder;
  }

  /** Gives the lock back; a second time does nothing. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (channel.isOpen()) {
        HELD.remove(file);
        channel.close();
      }
    }
  }
}
