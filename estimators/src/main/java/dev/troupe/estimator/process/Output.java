package dev.troupe.estimator.process;

/** What happens to a program's standard output, and to the program. */
sealed interface Output {

  /**
   * A line.
   *
   * @param text without its end
   * @param terminated false for a last line that no line feed ended, perhaps a fragment
   */
  record Line(String text, boolean terminated) implements Output {}

  /**
   * A line that cannot be taken; nothing is read after it.
   *
   * @param problem the rule that it breaks
   */
  record Unreadable(String problem) implements Output {}

  /** Standard output was closed. */
  record Closed() implements Output {}

  /** The program has exited; lines may still be under way. */
  record Exited() implements Output {}
}
