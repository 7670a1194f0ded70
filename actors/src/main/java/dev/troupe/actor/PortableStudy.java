package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * What another process needs to make the estimator of a study again: the study's file, as it was
 * when the study started.
 *
 * @param file what it is called; relative paths begin in its folder
 * @param text what it says
 * @param overrides further settings of the form {@code key=value}, which win over the text's;
 *     unmodifiable
 */
public record PortableStudy(Path file, String text, List<String> overrides) {

  /** Requires all, makes the path absolute, and copies the list. */
  public PortableStudy {
    requireNonNull(text, "text");
    file = file.toAbsolutePath();
    overrides = List.copyOf(overrides);
  }
}
