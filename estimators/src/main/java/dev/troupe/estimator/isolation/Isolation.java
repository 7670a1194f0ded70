package dev.troupe.estimator.isolation;

import java.util.List;
import java.util.Locale;

/** Where trials are evaluated. */
public enum Isolation {
  /**
   * In processes where an estimator wants a JVM of its own and this one belongs to an application;
   * on threads otherwise.
   */
  AUTO,
  /** On threads of this JVM: quicker by some tenths of a second at the start. */
  THREAD,
  /** In processes of their own: whatever happens to one costs no more than the trial in it. */
  PROCESS;

  /** Returns the words that a study file uses. */
  public static List<String> words() {
    return List.of(AUTO.word(), THREAD.word(), PROCESS.word());
  }

  /**
   * Returns what it means in a JVM that belongs to Troupe alone, where nobody else is disturbed.
   */
  public Isolation inOwnJvm() {
    return this == AUTO ? THREAD : this;
  }

  /** Returns the word that a study file uses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
