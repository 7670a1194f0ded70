package dev.troupe.ledger;

/** A record is not what was written; the message says why, and leaves the place to the reader. */
final class DamageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DamageException(String message) {
    super(message);
  }

  DamageException(String message, Throwable cause) {
    super(message, cause);
  }
}
