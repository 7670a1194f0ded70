package dev.troupe;

import dev.troupe.actor.LedgerReader;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is on record of a study. Immutable. For a study of many trials {@link
 * KeptStudies#forEachTrial} needs less room.
 *
 * @param summary all but its trials
 * @param trials all its trials, in the order of their numbers
 */
public record KeptStudy(KeptSummary summary, List<KeptTrial> trials) {

  /** Copies the list. */
  public KeptStudy {
    trials = List.copyOf(trials);
  }

  /** Puts together what is on record. */
  static KeptStudy of(String name, LedgerReader.Recorded recorded) {
    var trials = new ArrayList<KeptTrial>();
    var reading = new KeptReading(name, Long.MAX_VALUE, trials::add);
    recorded.events().forEach(reading);
    KeptSummary summary = reading.finish(recorded.damages());
    trials.sort(Comparator.comparing(KeptTrial::id));
    return new KeptStudy(summary, trials);
  }

  /** Returns its name. */
  public String name() {
    return summary.name();
  }

  /** Returns how it ended; {@code RUNNING} if its end is not on record. */
  public StudyState state() {
    return summary.state();
  }

  /** Returns why it ended, in a sentence; null if it has not. */
  public @Nullable String reason() {
    return summary.reason();
  }

  /** Returns how it began; null if that is among the damages. */
  public StudyEvent.@Nullable StudyStarted start() {
    return summary.start();
  }

  /** Returns the last moment on record; null if there is none. */
  public @Nullable Instant last() {
    return summary.last();
  }

  /** Returns whether somebody paused it: it does not go on until it is resumed. */
  public boolean paused() {
    return summary.paused();
  }

  /** Returns what could not be read, and where; empty if all is intact. */
  public List<String> damages() {
    return summary.damages();
  }

  /** Returns what it optimises; nothing if its beginning is among the damages. */
  public List<Objective> objectives() {
    return summary.objectives();
  }

  /** Returns how many trials are in each state; states of none are left out. */
  public Map<TrialState, Long> counts() {
    return summary.counts();
  }

  /**
   * Returns the completed trial with the best value of the first objective, the earliest among
   * equals.
   */
  public Optional<KeptTrial> best() {
    return Optional.ofNullable(summary.best());
  }

  /** Returns for how long its trials held devices, as far as is on record, in seconds. */
  public double deviceSeconds() {
    return summary.deviceSeconds();
  }
}
