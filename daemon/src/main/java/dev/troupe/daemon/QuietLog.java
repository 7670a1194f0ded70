package dev.troupe.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.function.IntSupplier;
import org.slf4j.LoggerFactory;

/** The log without what is no warning. */
final class QuietLog {

  private QuietLog() {}

  /** Returns what {@code action} returns, of which only warnings are logged. */
  static int during(IntSupplier action) {
    var logger = (Logger) LoggerFactory.getLogger("dev.troupe");
    Level before = logger.getLevel();
    logger.setLevel(Level.WARN);
    try {
      return action.getAsInt();
    } finally {
      logger.setLevel(before);
    }
  }
}
