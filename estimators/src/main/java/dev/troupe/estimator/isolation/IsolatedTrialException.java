package dev.troupe.estimator.isolation;

import org.jspecify.annotations.Nullable;

/**
 * Why an isolated trial gave no result: what its estimator said, or what became of its process. Its
 * cause is an {@link OutOfMemoryError} if that is what happened in the process.
 */
final class IsolatedTrialException extends Exception {

  private static final long serialVersionUID = 1;

  IsolatedTrialException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
