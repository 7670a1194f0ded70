package dev.troupe.estimator.dl4j.data;

/** What is predicted. */
public enum Task {
  /** One of several classes. */
  CLASSIFICATION,
  /** A number. */
  REGRESSION
}
