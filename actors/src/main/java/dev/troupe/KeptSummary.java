package dev.troupe;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Objective;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialState;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a study, without its trials. Immutable.
 *
 * @param name its name
 * @param state how it ended; {@code RUNNING} if its end is not on record: it runs, or its process
 *     ended
 * @param reason why it ended, in a sentence; null if it has not
 * @param start how it began; null if that is among the damages
 * @param last the last moment on record; null if there is none
 * @param paused whether somebody paused it: it does not go on until it is resumed
 * @param counts how many trials are in each state; states of none are left out
 * @param best the completed trial with the best value of the first objective, the earliest among
 *     equals; null if there is none
 * @param deviceSeconds for how long its trials held devices, as far as is on record
 * @param facts how many facts this was made of
 * @param damages what could not be read, and where; empty if all is intact
 */
public record KeptSummary(
    String name,
    StudyState state,
    @Nullable String reason,
    StudyEvent.@Nullable StudyStarted start,
    @Nullable Instant last,
    boolean paused,
    Map<TrialState, Long> counts,
    @Nullable KeptTrial best,
    double deviceSeconds,
    long facts,
    List<String> damages) {

  /** Copies the collections. */
  public KeptSummary {
    requireNonNull(name, "name");
    requireNonNull(state, "state");
    var sorted = new EnumMap<TrialState, Long>(TrialState.class);
    sorted.putAll(counts);
    counts = Collections.unmodifiableMap(sorted);
    damages = List.copyOf(damages);
  }

  /** Returns what it optimises; nothing if its beginning is among the damages. */
  public List<Objective> objectives() {
    return start == null ? List.of() : start.objectives();
  }
}
