package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.MeasurementTrail;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings a new strategy to where a recorded one was: makes the recorded calls again, in their
 * order, with exactly what was told then, and holds the answers against the recorded ones.
 */
final class StrategyReplay {

  /** A trial of whose end the strategy does not know yet. */
  private static final class Open {
    Suggestion suggestion;

    /** The measurements and resumptions on record, whichever attempt's. */
    final List<StudyEvent> facts = new ArrayList<>();

    Open(Suggestion suggestion) {
      this.suggestion = suggestion;
    }

    /** Returns the measurements of the attempt that was current when {@code count} were there. */
    List<Measurement> seen(int count) {
      var trail = new MeasurementTrail();
      for (StudyEvent fact : facts.subList(0, count)) {
        if (fact instanceof StudyEvent.Measured measured) {
          trail.add(measured);
        } else {
          trail.add((StudyEvent.AttemptResumed) fact);
        }
      }
      return trail.measurements();
    }
  }

  private final Strategy strategy;
  private final Map<TrialId, Open> open = new TreeMap<>();
  private final Map<TrialId, Open> paused = new HashMap<>();
  private final Map<TrialId, News> untold = new HashMap<>();

  private StrategyReplay(Strategy strategy) {
    this.strategy = strategy;
  }

  /**
   * Takes the saved state over, if there is one, and makes all recorded calls since.
   *
   * @param facts the study's record, which has been found in order
   * @throws IllegalArgumentException if the saved state is not this strategy's, or it answers
   *     differently, with what it suggested and what is on record
   */
  static void run(Strategy strategy, LedgerActor.Facts facts) {
    var replay = new StrategyReplay(strategy);
    if (facts.snapshot() != null) {
      strategy.load(facts.snapshot().strategy());
      facts.snapshot().open().forEach(replay::take);
      replay.restTold(facts.snapshot().sums().openTurns());
    }
    List<StudyEvent> events = facts.events();
    if (!events.isEmpty() && events.get(0) instanceof StudyEvent.StudyStarted start) {
      strategy.begin(new StudyPlan(start.budget().trials(), start.parallelism()));
    }
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof StudyEvent.StrategyAsked asked) {
        List<Suggestion> made = replay.call(asked);
        compare(made, events.subList(i + 1, i + 1 + asked.made()));
      } else if (events.get(i) instanceof StudyEvent.StudyRepaired repaired) {
        replay.passOver(events.subList(i + 1, i + 1 + Math.toIntExact(repaired.mended())));
      } else {
        replay.take(events.get(i));
      }
    }
  }

  private void take(StudyEvent event) {
    if (event instanceof StudyEvent.TrialSuggested suggested) {
      begin(suggested);
    } else if (event instanceof StudyEvent.Measured measured) {
      Open trial = open.get(measured.attempt().trial());
      if (trial != null) {
        trial.facts.add(measured);
      }
    } else if (event instanceof StudyEvent.AttemptResumed resumed) {
      Open trial = open.get(resumed.attempt().trial());
      if (trial != null) {
        trial.facts.add(resumed);
      }
    } else if (event instanceof StudyEvent.TrialPaused reached) {
      rest(reached);
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      untold.put(ended.trial().id(), new News.Ended(ended.trial()));
    }
  }

  private void begin(StudyEvent.TrialSuggested event) {
    Open trial = paused.remove(event.trial());
    if (trial == null) {
      trial = open.get(event.trial()); // a snapshot does not say that its pause was told
    }
    if (trial == null || !event.resumes()) {
      trial = new Open(event.suggestion());
    }
    trial.suggestion = event.suggestion();
    untold.remove(event.trial());
    open.put(event.trial(), trial);
  }

  private void rest(StudyEvent.TrialPaused event) {
    TrialId id = event.attempt().trial();
    Open trial = open.get(id);
    if (trial != null) {
      List<Measurement> measured = trial.seen(trial.facts.size());
      untold.put(
          id, new News.Paused(new PausedTrial(id, trial.suggestion, measured, event.metrics())));
    }
  }

  /** The trials of a snapshot that were paused then, and of which the strategy knew that. */
  private void restTold(Map<TrialId, Long> turns) {
    for (TrialId id : List.copyOf(untold.keySet())) {
      if (untold.get(id) instanceof News.Paused && !turns.containsKey(id)) {
        untold.remove(id);
        paused.put(id, requireNonNull(open.remove(id)));
      }
    }
  }

  /** What the strategy suggested here cannot be checked; its random streams go on behind it. */
  private void passOver(List<StudyEvent> mended) {
    long made = mended.stream().filter(StrategyReplay::isNew).count();
    if (made > 0) {
      strategy.update(List.of(), List.of());
      strategy.suggest(Math.toIntExact(made));
    }
  }

  private static boolean isNew(StudyEvent event) {
    return event instanceof StudyEvent.TrialSuggested suggested && !suggested.resumes();
  }

  private List<Suggestion> call(StudyEvent.StrategyAsked asked) {
    var ended = new ArrayList<EndedTrial>(asked.told().size());
    var rested = new ArrayList<PausedTrial>();
    for (TrialId id : asked.told()) {
      News news = requireNonNull(untold.remove(id));
      Open trial = open.remove(id);
      if (news instanceof News.Ended end) {
        ended.add(end.trial());
      } else {
        rested.add(((News.Paused) news).trial());
        paused.put(id, requireNonNull(trial));
      }
    }
    var active = new ArrayList<ActiveTrial>(open.size());
    open.forEach(
        (id, trial) -> {
          int seen = asked.seen().getOrDefault(id, 0);
          active.add(new ActiveTrial(id, trial.suggestion, trial.seen(seen)));
        });
    return StrategyActor.consult(
        strategy,
        List.copyOf(ended),
        List.copyOf(rested),
        List.copyOf(active),
        asked.requested(),
        asked.fresh());
  }

  /** A later version of a strategy may explain the same suggestion in other words. */
  private static void compare(List<Suggestion> made, List<StudyEvent> recorded) {
    for (int i = 0; i < recorded.size(); i++) {
      var before = (StudyEvent.TrialSuggested) recorded.get(i);
      Suggestion now = i < made.size() ? made.get(i).unexplained() : null;
      if (!before.suggestion().unexplained().equals(now)) {
        throw new IllegalArgumentException(
            "for trial %s it suggests %s, where %s is on record"
                .formatted(before.trial(), now == null ? "nothing" : now, before.suggestion()));
      }
    }
    if (made.size() > recorded.size()) {
      throw new IllegalArgumentException(
          "it suggests %s more, where nothing is on record"
              .formatted(made.subList(recorded.size(), made.size())));
    }
  }
}
