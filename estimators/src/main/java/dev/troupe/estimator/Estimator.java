package dev.troupe.estimator;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds out what a candidate is worth. One instance serves all trials of a study, on several
 * threads at once: it must be thread safe. Each call runs on the thread of a device slot, never on
 * an actor's; it may block for as long as it takes.
 */
public interface Estimator extends AutoCloseable {

  /** Returns whether this estimator can serve a kind of suggestion. */
  default boolean serves(Class<? extends Suggestion> kind) {
    return kind == Suggestion.Evaluate.class;
  }

  /**
   * Returns what it can spend less of than the real thing takes, by axis, the main one first. A
   * suggestion may limit these axes of its fidelity. Nothing unless overridden: it is not known.
   */
  default List<FidelityRange> fidelities() {
    return List.of();
  }

  /**
   * Returns the step at which a full evaluation is done, which is the end of the main axis; empty
   * if it is not known, or the main axis is one of fractions, which are no steps.
   */
  default OptionalLong fullStep() {
    List<FidelityRange> known = fidelities();
    boolean counts =
        !known.isEmpty() && (known.get(0).axis().equals("epochs") || known.get(0).high() >= 2);
    return counts ? OptionalLong.of((long) known.get(0).high()) : OptionalLong.empty();
  }

  /**
   * Evaluates a suggestion.
   *
   * <p>Between steps it reports what it measured and obeys the answer: after anything but {@code
   * CONTINUE} it returns at once, what it returns then being ignored. It also returns soon after
   * {@link Evaluation#stopRequested} turns true or its thread is interrupted.
   *
   * @return the result: every objective of the study, and whatever else is worth knowing. If empty,
   *     the last measurement is the result
   * @throws Exception what went wrong; the trial fails with its message. Never ends a study
   */
  Metrics evaluate(Suggestion suggestion, Evaluation evaluation) throws Exception;

  /**
   * Scores the study's best trial on what was never shown to the search, once, after its end.
   *
   * @return none where there is nothing of the kind
   * @throws Exception what went wrong; reported, without effect on the study
   */
  default Metrics test(EndedTrial best, Evaluation evaluation) throws Exception {
    return Metrics.none();
  }

  /** Lets go of what it holds; called once, after the last evaluation has ended. */
  @Override
  default void close() {}
}
