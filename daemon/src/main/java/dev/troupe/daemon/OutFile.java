package dev.troupe.daemon;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a command writes where {@code --out} says. */
final class OutFile {

  private OutFile() {}

  /**
   * Writes a text in UTF-8, over what was there.
   *
   * @throws IllegalArgumentException if it cannot be written, with the reason
   */
  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--out '%s' cannot be written: %s.".formatted(file, reason(file, e)), e);
    }
  }

  /** The messages of the JDK are often but the path. */
  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "it is a folder. Maybe name a file in it";
    }
    if (e instanceof NoSuchFileException) {
      return "its folder does not exist. Maybe make it first";
    }
    if (e instanceof AccessDeniedException) {
      return "that is not allowed. Maybe write to a folder of your own";
    }
    return e.getMessage() + ". Maybe the disk is full, or part of the path is a file";
  }
}
