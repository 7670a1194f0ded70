package dev.troupe.settings;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How parts of a study file are shown in messages. */
public final class Rendering {

  static final ConfigRenderOptions CONCISE = ConfigRenderOptions.concise();

  private Rendering() {}

  /** Returns {@code (file.conf: line 3)}, with a leading blank, or nothing if unknown. */
  public static String place(@Nullable ConfigOrigin origin) {
    if (origin == null || origin.lineNumber() < 0) {
      return "";
    }
    String file = origin.filename();
    if (file == null) {
      return " (line %d)".formatted(origin.lineNumber());
    }
    return " (%s: line %d)".formatted(Path.of(file).getFileName(), origin.lineNumber());
  }
}
