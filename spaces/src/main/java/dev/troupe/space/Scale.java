package dev.troupe.space;

/** How values are spaced between the bounds of a numeric parameter. */
public enum Scale {
  /** Evenly. */
  LINEAR,
  /** Evenly in the logarithm; the bounds are above zero. */
  LOG
}
