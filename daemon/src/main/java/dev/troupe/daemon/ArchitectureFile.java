package dev.troupe.daemon;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.draw.Drawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Architectures as JSON in files. */
final class ArchitectureFile {

  private static final String ENDING = ".json";

  private ArchitectureFile() {}

  /**
   * Returns a drawing under the file's name.
   *
   * @throws IllegalArgumentException if it cannot be read, or is no architecture
   */
  static Drawing drawing(Path file) {
    String name = String.valueOf(file.getFileName());
    String title = name.substring(0, name.length() - ENDING.length());
    return Drawing.of(read(file)).withTitle(title);
  }

  private static Architecture read(Path file) {
    try {
      return Architecture.fromJson(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "Architecture file '%s' does not exist. Maybe check its path, which is relative to the working folder."
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Architecture file '%s' cannot be read: %s. Maybe it is not UTF-8 text, or its permissions forbid it."
              .formatted(file, e.getMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Architecture file '%s': %s".formatted(file, e.getMessage()), e);
    }
  }
}
