package dev.troupe.estimator.process;

/** A line of output that breaks the protocol; the message is the rule and what was found. */
final class BadLineException extends Exception {

  private static final long serialVersionUID = 1;

  BadLineException(String message) {
    super(message);
  }
}
