package dev.troupe.estimator.dl4j;

/** A training whose loss or parameters became NaN or infinite; the message says when and why. */
public final class TrainingDivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrainingDivergedException(String message) {
    super(message);
  }
}
