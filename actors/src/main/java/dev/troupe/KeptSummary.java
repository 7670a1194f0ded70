package dev.troupe;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Budget;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialState;
import dev.troupe.study.Trick;
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
 * @param test scores of the best trial on what was never shown to the search; empty where there is
 *     nothing of the kind, or the study has not ended
 * @param start how it began; null if that is among the damages
 * @param budget what it may spend, as its last run was given it; null if that is among the damages
 * @param last the last moment on record; null if there is none
 * @param paused whether somebody paused it: it does not go on until it is resumed
 * @param counts how many trials are in each state; states of none are left out
 * @param best the completed trial with the best value of the first objective, the earliest among
 *     equals; null if there is none
 * @param deviceSeconds for how long its trials held devices, as far as is on record
 * @param savedSeconds device time that tricks have saved, in seconds, by trick: an estimate against
 *     the furthest that a trial has come, so that it may be below what the study's own result says;
 *     without tricks that saved nothing
 * @param facts how many facts this was made of
 * @param damages what could not be read, and where; empty if all is intact
 */
public record KeptSummary(
    String name,
    StudyState state,
    @Nullable String reason,
    Metrics test,
    StudyEvent.@Nullable StudyStarted start,
    @Nullable Budget budget,
    @Nullable Instant last,
    boolean paused,
    Map<TrialState, Long> counts,
    @Nullable KeptTrial best,
    double deviceSeconds,
    Map<Trick, Double> savedSeconds,
    long facts,
    List<String> damages) {

  /** Copies the collections. */
  public KeptSummary {
    requireNonNull(name, "name");
    requireNonNull(state, "state");
    requireNonNull(test, "test");
    var sorted = new EnumMap<TrialState, Long>(TrialState.class);
    sorted.putAll(counts);
    counts = Collections.unmodifiableMap(sorted);
    var saved = new EnumMap<Trick, Double>(Trick.class);
    saved.putAll(savedSeconds);
    savedSeconds = Collections.unmodifiableMap(saved);
    damages = List.copyOf(damages);
  }

  /** Returns what it optimises; nothing if its beginning is among the damages. */
  public List<Objective> objectives() {
    return start == null ? List.of() : start.objectives();
  }
}
