package dev.troupe.estimator.weights;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Files that outlive the process and, as far as the disk tells the truth, the power. */
final class DurableFiles {

  private DurableFiles() {}

  /**
   * Creates a folder and those above it if they are not there, and puts their names on the disk.
   */
  static void prepare(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.getParent();
      if (parent != null) {
        prepare(parent);
      }
      Files.createDirectories(folder);
      if (parent != null) {
        force(parent);
      }
    }
  }

  /** Writes a new file; returns what has passed to it, which is on the disk then. */
  static Sealing write(Path file, CheckpointContent content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var sealing = new Sealing(Channels.newOutputStream(channel));
      var out = new BufferedOutputStream(sealing, 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
      return sealing;
    }
  }

  /** A new name is on the disk only when the folder is. */
  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Returns what is in a folder, in no order; nothing if it is not there. */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException e) {
      return List.of(); // nothing has been saved
    } catch (FileSystemException e) {
      throw new FileSystemException(folder.toString(), null, e.getMessage());
    }
  }
}
