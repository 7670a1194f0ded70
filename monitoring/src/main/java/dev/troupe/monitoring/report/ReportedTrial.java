package dev.troupe.monitoring.report;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import dev.troupe.study.WeightSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trial as a report shows it. Immutable.
 *
 * @param id its number
 * @param suggestion what was evaluated
 * @param state where it stands
 * @param reason why it failed; null if it did not
 * @param metrics its result, or what was measured last
 * @param measurements what its last run measured, in order
 * @param failures why earlier runs failed or were lost, in order
 * @param deviceSeconds how long it held devices, all runs together, in seconds
 * @param lostSeconds how much of that came to nothing
 * @param runs those of its runs whose end is on record, in order
 */
public record ReportedTrial(
    TrialId id,
    Suggestion suggestion,
    TrialState state,
    @Nullable String reason,
    Metrics metrics,
    List<Measurement> measurements,
    List<String> failures,
    double deviceSeconds,
    double lostSeconds,
    List<ReportedRun> runs) {

  /** Copies the lists. */
  public ReportedTrial {
    requireNonNull(id, "id");
    requireNonNull(suggestion, "suggestion");
    requireNonNull(state, "state");
    requireNonNull(metrics, "metrics");
    measurements = List.copyOf(measurements);
    failures = List.copyOf(failures);
    runs = List.copyOf(runs);
  }

  /** Returns the candidate, or null for a suggestion that addresses a supernet. */
  public @Nullable Configuration candidate() {
    return suggestion instanceof Suggestion.Evaluate evaluate ? evaluate.candidate() : null;
  }

  /** Returns the trial whose weights it began with, or null if it had none. */
  public @Nullable TrialId parent() {
    WeightSource weights = weights();
    return weights == null ? null : weights.parent();
  }

  /** Returns in a few words how it came from its parent; empty if it has none. */
  String descent() {
    WeightSource weights = weights();
    if (weights instanceof WeightSource.Parent inherited) {
      return inherited.morphisms().isEmpty()
          ? "an exact copy"
          : String.join(", ", inherited.morphisms());
    }
    return weights instanceof WeightSource.Partial ? "the layers that fit" : "";
  }

  private @Nullable WeightSource weights() {
    return suggestion instanceof Suggestion.Evaluate evaluate ? evaluate.weights() : null;
  }

  /** Returns whether it was the real thing: at full fidelity. */
  boolean isFull() {
    return suggestion instanceof Suggestion.Evaluate evaluate && evaluate.fidelity().isFull();
  }

  /** Returns whether it has ended well, so that its metrics may be compared with others'. */
  boolean isCompleted() {
    return state == TrialState.COMPLETED;
  }
}
