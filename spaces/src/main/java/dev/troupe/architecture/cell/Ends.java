package dev.troupe.architecture.cell;

/** Of which blocks a cell concatenates the outputs. */
public enum Ends {
  /** Of those that no other block reads, as in NASNet, ENAS and PNAS. */
  LOOSE,
  /** Of all, as in DARTS. */
  ALL
}
