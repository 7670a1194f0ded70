package dev.troupe.daemon;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: results to {@code out}, all else to {@code err}. Libraries that print to
 * standard output themselves are kept off it, since it is a protocol.
 */
final class Terminal {

  private final PrintStream out;
  private final PrintStream err;

  Terminal(PrintStream out, PrintStream err) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  PrintWriter outWriter() {
    return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
  }

  PrintWriter errWriter() {
    return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
  }

  /**
   * Returns whether a person looks at standard error, so that a line may be redrawn in place. Java
   * cannot tell: the launcher does.
   */
  boolean isInteractive() {
    return Boolean.getBoolean("troupe.terminal") && !"dumb".equals(System.getenv("TERM"));
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
