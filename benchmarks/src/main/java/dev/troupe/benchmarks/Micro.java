package dev.troupe.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.Main;

/**
 * Runs the JMH benchmarks of this package; the arguments are JMH's own, beginning with a pattern of
 * names: {@code benchmarks/run Micro Suggestions -p strategy=random}.
 */
public final class Micro {

  private Micro() {}

  /** Runs them. */
  public static void main(String[] arguments) throws IOException {
    Main.main(arguments);
  }
}
