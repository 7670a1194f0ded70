package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trial of a study that has ended. Immutable and thread safe.
 *
 * @param candidate what was evaluated
 * @param metrics what came out; of a pruned trial what was measured last
 * @param failure why there is no usable value, or null
 * @param seconds how long it held a device, at least 0
 */
public record RecordedTrial(
    Configuration candidate, Metrics metrics, @Nullable String failure, double seconds) {

  /** What a trial took of which that is not known, in seconds. */
  static final double UNKNOWN_SECONDS = 1;

  /** Requires candidate and metrics, and checks the range. */
  public RecordedTrial {
    requireNonNull(candidate, "candidate");
    requireNonNull(metrics, "metrics");
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "A recorded trial takes 0 s or more, but this one took %s s.".formatted(seconds));
    }
  }

  /**
   * Returns a trial as recorded; empty if the study's end interrupted it, or it was no candidate.
   */
  public static Optional<RecordedTrial> of(EndedTrial trial) {
    Configuration candidate = trial.candidate();
    if (candidate == null || trial.outcome() instanceof Outcome.Stopped) {
      return Optional.empty();
    }
    String failure = trial.outcome() instanceof Outcome.Failed failed ? failed.reason() : null;
    double seconds = trial.deviceSeconds() > 0 ? trial.deviceSeconds() : UNKNOWN_SECONDS;
    return Optional.of(new RecordedTrial(candidate, trial.metrics(), failure, seconds));
  }
}
