package dev.troupe.ledger;

import org.jspecify.annotations.Nullable;

/** The key of a study in the journal, in which others than studies may write one day. */
final class PersistenceIds {

  private static final String PREFIX = "study|";

  private PersistenceIds() {}

  static String of(String study) {
    return PREFIX + study;
  }

  /** Returns the study, or null if the key is not that of a study. */
  static @Nullable String study(String persistenceId) {
    return persistenceId.startsWith(PREFIX) ? persistenceId.substring(PREFIX.length()) : null;
  }
}
