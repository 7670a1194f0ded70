package dev.troupe.ledger;

import dev.troupe.codec.FileNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many events of a study were acknowledged, in a small file beside the database. A bit that
 * flips in SQLite's write-ahead log has it drop the rest of the log without a word; this number
 * tells. It is written after each append and not forced to the disk: one that is too old says less
 * than there is, which is no harm. One that belongs to another database, to a copy, or is torn has
 * a wrong checksum, and does not count.
 *
 * <p>The file holds the number, the checksum over database, name and number, and the name.
 */
final class Acknowledged implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Acknowledged.class);

  private static final String SUFFIX = ".count";
  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int LONGEST = 1 << 16;

  /** A writer may be at it; its write of some bytes takes no time. */
  private static final int TRIES = 3;

  private final FileChannel channel;
  private final String database;
  private final String study;
  private boolean complained;

  private Acknowledged(FileChannel channel, String database, String study) {
    this.channel = channel;
    this.database = database;
    this.study = study;
  }

  /**
   * Opens the number of a study for writing.
   *
   * @param folder in which it lies
   * @param database tells the database from others, and from its copies
   */
  static Acknowledged open(Path folder, String database, String study) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(FileNames.of(study) + SUFFIX),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    return new Acknowledged(channel, database, study);
  }

  /** Writes down how many events there are. Failing to do so costs a warning, and nothing else. */
  void write(long events) {
    byte[] name = study.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(HEAD + name.length)
            .putLong(events)
            .putInt(checksum(database, name, events))
            .put(name)
            .flip();
    try {
      channel.write(bytes, 0);
    } catch (IOException e) {
      if (!complained) {
        complained = true;
        log.warn(
            "Study '{}': how many events it has could not be written: {}", study, e.toString());
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * Reads how many events of a study were acknowledged; to be called before the events are read.
   *
   * @return the number as it stands in the file, to be asked what it is worth; null if there is
   *     none
   */
  static @Nullable Note read(Path folder, String study) {
    return read(folder.resolve(FileNames.of(study) + SUFFIX));
  }

  private static @Nullable Note read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length < HEAD || bytes.length > LONGEST) {
        return null;
      }
      ByteBuffer in = ByteBuffer.wrap(bytes);
      long events = in.getLong();
      int checksum = in.getInt();
      byte[] name = new byte[in.remaining()];
      in.get(name);
      return new Note(file, events, checksum, name);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      log.debug("How many events were acknowledged cannot be read: {}", e.toString());
      return null;
    }
  }

  /** Returns what all files in a folder say. */
  static List<Note> readAll(Path folder) {
    var notes = new ArrayList<Note>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        Note note = read(file);
        if (note != null) {
          notes.add(note);
        }
      }
    } catch (IOException e) {
      log.debug("There are no acknowledged events: {}", e.toString());
    }
    return notes;
  }

  /**
   * What a file says.
   *
   * @param file where it lies
   * @param events the number
   * @param checksum over database, name and number
   * @param name the study's, in UTF-8
   */
  record Note(Path file, long events, int checksum, byte[] name) {

    /** Returns the study's name, if the note is believed. */
    String study() {
      return new String(name, StandardCharsets.UTF_8);
    }

    /** Returns the number, or 0 if it does not belong to this database, or is damaged. */
    long of(String database) {
      Note now = this;
      for (int attempt = 1; now != null && attempt <= TRIES; attempt++) {
        if (now.checksum == Acknowledged.checksum(database, now.name, now.events)) {
          return Math.max(0, now.events);
        }
        now = read(file);
      }
      return 0;
    }
  }

  private static int checksum(String database, byte[] name, long events) {
    byte[] key = database.getBytes(StandardCharsets.UTF_8);
    var sum = new CRC32C();
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(events).flip());
    sum.update(name, 0, name.length);
    sum.update(key, 0, key.length);
    return (int) sum.getValue();
  }

  /** Forgets a study whose events are deleted on purpose. */
  static void forget(Path folder, String study) throws IOException {
    Files.deleteIfExists(folder.resolve(FileNames.of(study) + SUFFIX));
  }
}
