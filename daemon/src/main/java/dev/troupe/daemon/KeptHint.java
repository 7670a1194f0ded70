package dev.troupe.daemon;

import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.study.StudyResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says in a line where a study is kept, and how to look at it. */
final class KeptHint {

  private static final String FILE = "file";

  private KeptHint() {}

  /**
   * Returns the line.
   *
   * @param study one that is kept
   * @param result what came out of it
   * @param home the folder that was asked for; null for the one that is chosen by default
   */
  static String of(StudyFile study, StudyResult result, @Nullable Path home) {
    boolean inFolder = study.ledger().equals(FILE);
    var command = new StringBuilder("troupe trials ").append(quoted(result.study()));
    if (inFolder && home != null) {
      command.append(" --home ").append(quoted(home.toString()));
    } else if (!inFolder) {
      command.append(" --ledger ").append(quoted(withoutParameters(study.ledger())));
    }
    String where =
        inFolder
            ? "in " + (home == null ? Troupe.defaultHome() : home)
            : "by " + withoutParameters(study.ledger());
    return "%s (%s)".formatted(where, command);
  }

  /** The parameters of a URL may hold a password. */
  private static String withoutParameters(String ledger) {
    int mark = ledger.indexOf('?');
    return mark < 0 ? ledger : ledger.substring(0, mark);
  }

  /** Returns a word as a shell takes it. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9._/:@=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
