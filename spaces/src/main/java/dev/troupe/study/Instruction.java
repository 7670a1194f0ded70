package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;

/** What can be asked of a study after it has begun. Recorded before it is acted upon. Immutable. */
public sealed interface Instruction {

  /**
   * Suggest nothing more and begin nothing more until {@link Resume}; what runs goes on to its end.
   * A study stays paused when its process ends.
   */
  record Pause() implements Instruction {}

  /** Go on after {@link Pause}. */
  record Resume() implements Instruction {}

  /**
   * End before the budget does. The study goes on when it is run again.
   *
   * @param now whether to interrupt running trials; otherwise they may end by themselves
   */
  record Stop(boolean now) implements Instruction {}

  /**
   * Spend more, also when the study is run again with the budget that it had.
   *
   * @param limits what it may spend in all, instead of its own limits where these are narrower; a
   *     limit that is not among them stays as it is
   */
  record Extend(Budget limits) implements Instruction {

    /** Requires a limit. */
    public Extend {
      if (limits.equals(Budget.unlimited())) {
        throw new IllegalArgumentException(
            "An extension needs a limit, but there was none. Maybe Budget.trials(200).");
      }
    }
  }

  /**
   * Keep another number of trials in flight, until the study is run again with another one than it
   * had.
   *
   * @param trials from 1 to 100,000
   */
  record Parallelism(int trials) implements Instruction {

    /** The most trials that a study keeps in flight. */
    public static final int MOST = 100_000;

    /** Checks the range above. */
    public Parallelism {
      if (trials < 1 || trials > MOST) {
        throw new IllegalArgumentException(
            "The parallelism must be from 1 to %d, but was %d.".formatted(MOST, trials));
      }
    }
  }

  /**
   * Evaluate a candidate, in full, before the strategy is asked for the next one. It counts like
   * any other trial.
   *
   * @param candidate of the study's space
   */
  record Enqueue(Configuration candidate) implements Instruction {

    /** Requires the candidate. */
    public Enqueue {
      requireNonNull(candidate, "candidate");
    }
  }
}
