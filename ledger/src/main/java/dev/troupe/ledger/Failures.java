package dev.troupe.ledger;

import akka.pattern.CircuitBreakerOpenException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for the cause of a failure, which journal and pool have wrapped. */
final class Failures {

  private Failures() {}

  /** Returns whether a failure or one of its causes is as described. */
  static boolean has(Throwable failure, Predicate<Throwable> description) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (description.test(each)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether it took too long, so that nobody knows whether it happened. */
  static boolean isLate(Throwable failure) {
    return has(
        failure,
        each -> each instanceof TimeoutException || each instanceof CircuitBreakerOpenException);
  }

  /** Returns the innermost message there is. */
  static @Nullable String message(Throwable failure) {
    String message = failure.getMessage();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each.getMessage() != null) {
        message = each.getMessage();
      }
    }
    return message;
  }
}
