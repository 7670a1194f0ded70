package dev.troupe.study;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a trial's recorded measurements are those of its current attempt: its own, after those
 * up to the checkpoint from which it went on. Takes the facts of one trial in their order. Not
 * thread safe.
 */
public final class MeasurementTrail {

  private final List<Measurement> measurements = new ArrayList<>();
  private @Nullable Attempt attempt;

  /** Returns what an attempt keeps of earlier measurements that goes on from {@code step}. */
  public static List<Measurement> upTo(long step, List<Measurement> earlier) {
    return earlier.stream().filter(measurement -> measurement.step() <= step).toList();
  }

  /** Takes a measurement; an attempt whose first fact it is begins anew. */
  public void add(StudyEvent.Measured event) {
    if (!event.attempt().equals(attempt)) {
      attempt = event.attempt();
      measurements.clear();
    }
    measurements.add(event.measurement());
  }

  /** Takes the resumption of what the attempt before has left. */
  public void add(StudyEvent.AttemptResumed event) {
    attempt = event.attempt();
    measurements.removeIf(measurement -> measurement.step() > event.step());
  }

  /** Returns the measurements of the attempt whose fact came last; a copy. */
  public List<Measurement> measurements() {
    return List.copyOf(measurements);
  }
}
