package dev.troupe.estimator.isolation;

import dev.troupe.estimator.device.Device;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Suggestion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a parent says to its child. */
sealed interface ToChild {

  /**
   * The first message: make the estimator.
   *
   * @param version of all that is said, so that a child of another build says no
   * @param maker the name of the recipe's class
   * @param ingredients of the recipe
   * @param folder in which both keep files, and which the child removes if its parent dies
   */
  record Make(int version, String maker, List<String> ingredients, String folder)
      implements ToChild {}

  /**
   * Evaluate a suggestion, or score the best trial.
   *
   * @param attempt which run of which trial
   * @param device that is held for it
   * @param seed of the study
   * @param timeLimit how long it may take; null without limit
   * @param keepsCheckpoints whether what it saves is kept
   * @param suggestion to evaluate; null to score {@code best}
   * @param best to score; null to evaluate {@code suggestion}
   */
  record Begin(
      Attempt attempt,
      Device device,
      long seed,
      @Nullable Duration timeLimit,
      boolean keepsCheckpoints,
      @Nullable Suggestion suggestion,
      @Nullable EndedTrial best)
      implements ToChild {}

  /** The answer to what the child has asked. */
  record Answered(Answer answer) implements ToChild {}

  /** End the evaluation at hand. */
  record Cancel() implements ToChild {}

  /** Close the estimator and exit. */
  record Close() implements ToChild {}
}
