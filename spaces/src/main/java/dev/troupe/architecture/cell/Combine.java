package dev.troupe.architecture.cell;

import dev.troupe.settings.Nearest;
import java.util.Arrays;
import java.util.List;

/** How a block makes one of what its two halves put out. */
public enum Combine {
  /** Their sum. */
  ADD("add"),
  /** The channels of both, brought back to the width of the cell by a 1x1 convolution. */
  CONCATENATE("concat");

  private final String text;

  Combine(String text) {
    this.text = text;
  }

  /** Returns the name that study files use. */
  public String text() {
    return text;
  }

  /**
   * Returns the combination of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Combine of(String text) {
    for (Combine combine : values()) {
      if (combine.text.equals(text)) {
        return combine;
      }
    }
    List<String> known = Arrays.stream(values()).map(Combine::text).toList();
    throw new IllegalArgumentException(
        "There is no combination '%s'. %s".formatted(text, Nearest.hint(text, known)));
  }

  /** Returns {@link #text}. */
  @Override
  public String toString() {
    return text;
  }
}
