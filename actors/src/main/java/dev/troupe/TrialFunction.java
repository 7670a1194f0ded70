package dev.troupe;

/**
 * What a candidate is worth, as a function of the user's. Called on threads of Troupe's, for
 * several candidates at once if the study runs in parallel.
 *
 * @param <T> what a candidate is
 */
@FunctionalInterface
public interface TrialFunction<T> {

  /**
   * Evaluates a candidate.
   *
   * @param candidate what to evaluate
   * @param trial to report intermediate values to, and to ask whether to go on
   * @return the value of the study's first objective; NaN fails the trial
   * @throws Exception what went wrong: the trial fails with its message, the study goes on
   */
  double evaluate(T candidate, TrialHandle trial) throws Exception;
}
