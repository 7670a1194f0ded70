package dev.troupe.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names files that are kept because something is wrong with them. */
final class Aside {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Aside() {}

  /** Returns a name beside a file, with the time, that no file has. */
  static Path name(Path file) {
    String name = file.getFileName() + ".damaged-" + TIME.format(Instant.now());
    Path aside = file.resolveSibling(name);
    for (int number = 2; Files.exists(aside); number++) {
      aside = file.resolveSibling(name + "-" + number);
    }
    return aside;
  }
}
