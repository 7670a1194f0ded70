package dev.troupe.estimator.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder through which a child and its parent pass what is too large for a message. */
final class CommonFolder {

  private CommonFolder() {}

  /**
   * Makes one that nobody else may read.
   *
   * @throws IOException if there is no temporary folder to make it in
   */
  static Path create() throws IOException {
    return Files.createTempDirectory("troupe-isolated-");
  }

  /** Removes the files in it; what cannot be removed is left to the system. */
  static void clear(Path folder) {
    try {
      for (Path file : files(folder)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return; // a temporary folder
    }
  }

  /** Removes it; what cannot be removed is left to the system. */
  static void remove(Path folder) {
    clear(folder);
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      return; // a temporary folder
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
