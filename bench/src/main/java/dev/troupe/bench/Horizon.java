package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Budget;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a run goes, and where it is looked at on its way. Immutable and thread safe.
 *
 * @param unit what is counted
 * @param amount how much of it a run may spend, above 0
 */
public record Horizon(Unit unit, double amount) {

  /** What a run spends. */
  public enum Unit {
    /** Trials that ended. */
    EVALUATIONS,
    /** Seconds on the study's clock. */
    SECONDS
  }

  /**
   * Where a run is looked at.
   *
   * @param label what it is called in results
   * @param limit so much of the unit has been spent
   */
  public record Checkpoint(String label, double limit) {}

  private static final List<Integer> COUNTS = List.of(25, 50, 100, 200);
  private static final List<Double> FRACTIONS = List.of(0.125, 0.25, 0.5, 1.0);
  private static final List<String> FRACTION_LABELS = List.of("12.5%", "25%", "50%", "100%");

  /** Checks the range above. */
  public Horizon {
    requireNonNull(unit, "unit");
    if (!(amount > 0) || Double.isInfinite(amount)) {
      throw new IllegalArgumentException(
          "Horizon: it must be finite and above 0, but was %s. Maybe 100 evaluations."
              .formatted(amount));
    }
  }

  /**
   * Returns how far a budget lets a run go: its trials, else its virtual or its real time; empty if
   * it limits none of them.
   */
  static @Nullable Horizon of(Budget budget) {
    Long trials = budget.trials();
    if (trials != null) {
      return new Horizon(Unit.EVALUATIONS, trials);
    }
    Duration time = budget.virtualTime() != null ? budget.virtualTime() : budget.wallClock();
    return time == null ? null : new Horizon(Unit.SECONDS, time.toNanos() / 1e9);
  }

  /**
   * Returns 25, 50, 100 and 200 evaluations, as far as the run goes; an eighth, a quarter, half and
   * all of a shorter run, or of the time.
   */
  public List<Checkpoint> checkpoints() {
    if (unit == Unit.EVALUATIONS && amount >= COUNTS.get(0)) {
      return COUNTS.stream()
          .filter(count -> count <= amount)
          .map(count -> new Checkpoint(Integer.toString(count), count))
          .toList();
    }
    return IntStream.range(0, FRACTIONS.size())
        .mapToObj(i -> new Checkpoint(FRACTION_LABELS.get(i), limit(FRACTIONS.get(i))))
        .toList();
  }

  private double limit(double fraction) {
    return unit == Unit.SECONDS
        ? fraction * amount
        : Math.max(1, Math.rint(fraction * amount)); // no run is looked at before its first trial
  }

  /** Returns the form {@code 100 evaluations}. */
  @Override
  public String toString() {
    String number =
        amount == Math.rint(amount) ? Long.toString((long) amount) : Double.toString(amount);
    return number + (unit == Unit.SECONDS ? " s" : amount == 1 ? " evaluation" : " evaluations");
  }
}
