package dev.troupe.codec;

/** A record is not what was written; the message says why, and leaves the place to the reader. */
public final class DamageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DamageException(String message) {
    super(message);
  }

  public DamageException(String message, Throwable cause) {
    super(message, cause);
  }
}
