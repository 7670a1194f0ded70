package dev.troupe.monitoring.report;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.Trick;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A study as a report shows it. Immutable.
 *
 * @param name its name
 * @param state how it ended; {@code RUNNING} if its end is not on record
 * @param reason why it ended, in a sentence; null if it has not
 * @param start how it began; null if that is not on record
 * @param budget what it may spend; null if that is not on record
 * @param last the last moment on record, which is when the report is of; null if there is none
 * @param test scores of the best trial on what was never shown to the search; may be empty
 * @param savedSeconds device time that tricks have saved, as estimated, in seconds, by trick
 * @param trials all its trials, in the order of their numbers
 * @param damages what could not be read, and where; empty if all is intact
 * @param space its space; null if it is not at hand, so that no more is known of it than the record
 *     says
 * @param drawing the best trial's network as an SVG element, which is taken as it is; null if there
 *     is none
 * @param commands how to run it again, and the like: lines as one types them
 */
public record ReportedStudy(
    String name,
    StudyState state,
    @Nullable String reason,
    StudyEvent.@Nullable StudyStarted start,
    @Nullable Budget budget,
    @Nullable Instant last,
    Metrics test,
    Map<Trick, Double> savedSeconds,
    List<ReportedTrial> trials,
    List<String> damages,
    @Nullable SearchSpace space,
    @Nullable String drawing,
    List<String> commands) {

  /** Copies the collections. */
  public ReportedStudy {
    requireNonNull(name, "name");
    requireNonNull(state, "state");
    requireNonNull(test, "test");
    var saved = new EnumMap<Trick, Double>(Trick.class);
    saved.putAll(savedSeconds);
    savedSeconds = Collections.unmodifiableMap(saved);
    trials = List.copyOf(trials);
    damages = List.copyOf(damages);
    commands = List.copyOf(commands);
  }

  /** Returns what it optimises; nothing if its beginning is not on record. */
  public List<Objective> objectives() {
    return start == null ? List.of() : start.objectives();
  }

  /** Returns what is on record of a setting, or empty text. */
  String definition(String setting) {
    return start == null ? "" : start.definition().getOrDefault(setting, "");
  }

  /** Returns its seed, or 0 if that is not on record. */
  long seed() {
    return start == null ? 0 : start.seed();
  }
}
