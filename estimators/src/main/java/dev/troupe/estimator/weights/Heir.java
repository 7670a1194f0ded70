package dev.troupe.estimator.weights;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Attempt;
import dev.troupe.study.Lineage;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import org.jspecify.annotations.Nullable;

/**
 * Who leaves weights, and from whom it had its own.
 *
 * @param attempt which run of which trial
 * @param parent from which it inherited, or null; of a lower number
 * @param way how; null if and only if there is no parent
 */
public record Heir(Attempt attempt, @Nullable TrialId parent, Lineage.@Nullable Way way) {

  /**
   * Checks the above.
   *
   * @throws IllegalArgumentException if there is a parent without a way, a way without a parent, or
   *     a parent that is not older
   */
  public Heir {
    requireNonNull(attempt, "attempt");
    boolean fits =
        parent == null ? way == null : way != null && parent.compareTo(attempt.trial()) < 0;
    if (!fits) {
      throw new IllegalArgumentException(
          "Trial %s: what it leaves comes from an older trial by a way, or from nobody, but was to come from trial %s by %s. Maybe they are of different studies."
              .formatted(attempt.trial(), parent, way));
    }
  }

  /** Returns one that inherited from nobody. */
  public static Heir of(Attempt attempt) {
    return new Heir(attempt, null, null);
  }

  /** Returns one whose weights began as the source says; a parent that is not older is none. */
  public static Heir of(Attempt attempt, WeightSource source) {
    TrialId parent = source.parent();
    return parent == null || parent.compareTo(attempt.trial()) >= 0
        ? of(attempt)
        : new Heir(attempt, parent, Lineage.Way.of(source));
  }

  /** Returns the trial. */
  public TrialId trial() {
    return attempt.trial();
  }
}
