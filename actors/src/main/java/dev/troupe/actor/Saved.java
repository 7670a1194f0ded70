package dev.troupe.actor;

/**
 * What trials that cost less than a full evaluation tell of the rest, by some moment: enough to
 * estimate what was saved once it is known how long a full evaluation is.
 *
 * @param furthest the furthest step of all trials; 0 if none was measured
 * @param pruned trials that were pruned
 * @param low trials that completed at a lower fidelity
 * @param inherited trials that completed earlier than others, having begun with weights of another
 */
public record Saved(long furthest, Part pruned, Part low, Part inherited) {

  /** Nothing. */
  public static final Saved NOTHING = new Saved(0, Part.NONE, Part.NONE, Part.NONE);

  /**
   * Sums over some trials.
   *
   * @param secondsPerStep each trial's own seconds for a step
   * @param seconds what they took until their last measurements
   */
  public record Part(double secondsPerStep, double seconds) {

    /** No trial. */
    public static final Part NONE = new Part(0, 0);

    Part plus(double perStep, double more) {
      return new Part(secondsPerStep + perStep, seconds + more);
    }

    /** Returns how much longer all of them would have taken up to a step. */
    double until(double step) {
      return Math.max(0, step * secondsPerStep - seconds);
    }
  }
}
