package dev.troupe.estimator.pruning;

/** Tells with which others a trial is compared. */
@FunctionalInterface
interface Groups {

  /** All are compared with all. */
  Groups ONE = trial -> 0;

  /** Returns the group of a trial, which its number decides. */
  long of(long trial);
}
