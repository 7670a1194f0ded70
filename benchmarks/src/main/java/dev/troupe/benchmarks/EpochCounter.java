package dev.troupe.benchmarks;

import dev.troupe.study.StudyEvent;
import dev.troupe.study.TrialId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts the epochs of a study: how far each trial came. A trial that goes on from its checkpoint
 * adds what is new. Thread safe.
 */
final class EpochCounter implements Consumer<StudyEvent> {

  private final Map<TrialId, Long> furthest = new HashMap<>();

  @Override
  public synchronized void accept(StudyEvent event) {
    if (event instanceof StudyEvent.Measured measured) {
      furthest.merge(measured.attempt().trial(), measured.measurement().step(), Math::max);
    }
  }

  /** Returns the epochs of all trials. */
  synchronized long epochs() {
    return furthest.values().stream().mapToLong(Long::longValue).sum();
  }
}
