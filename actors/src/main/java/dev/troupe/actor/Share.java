package dev.troupe.actor;

/**
 * What part of the devices a study gets while others want them, too.
 *
 * @param weight among studies of its priority, device time is shared by weight; finite and above 0
 * @param priority waiting trials of a higher priority go first, however many there are
 */
public record Share(double weight, int priority) {

  /** What a study has that says nothing of it. */
  public static final Share DEFAULT = new Share(1, 0);

  /** Checks the range above. */
  public Share {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "A study's weight must be finite and above 0, but was %s. Maybe 1.".formatted(weight));
    }
  }
}
