package dev.troupe.estimator;

import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;

/** What an embedding program wants to know about a candidate, in a few lines of Java. */
@FunctionalInterface
public interface ObjectiveFunction {

  /**
   * Evaluates a candidate. May be called from several threads at once.
   *
   * <p>If it reports measurements, it returns once the answer is anything but {@code CONTINUE}, and
   * soon after {@link Evaluation#stopRequested} turns true or its thread is interrupted.
   *
   * @param suggestion the candidate, how much to spend on it, and where its weights come from
   * @param evaluation who it is, where it runs, whom to report to
   * @return every objective of the study, and whatever else is worth knowing; if empty, the last
   *     measurement is the result
   * @throws Exception what went wrong; the trial fails with its message
   */
  Metrics evaluate(Suggestion.Evaluate suggestion, Evaluation evaluation) throws Exception;
}
