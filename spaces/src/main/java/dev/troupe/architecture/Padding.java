package dev.troupe.architecture;

/** What lies beyond the border of a picture for a window that moves over it. */
public enum Padding {
  /**
   * Zeros, as many as make the output ceil(n / stride) long; of an odd number the one more lies at
   * the end. They do not count in an average.
   */
  SAME,
  /** Nothing: the window stays inside, and the output is ceil((n - f + 1) / stride) long. */
  VALID
}
