package dev.troupe.estimator.process;

import org.jspecify.annotations.Nullable;

/** Why the program gave no result: what happened, a remedy, and the program's last words. */
final class ProcessFailedException extends Exception {

  private static final long serialVersionUID = 1;

  ProcessFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
