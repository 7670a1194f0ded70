package dev.troupe.actor;

import dev.troupe.space.Configuration;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is left of a damaged record in order, so that the study can go on from it.
 *
 * <p>What comes before the first gap stays as it is. After it the calls of the strategy are left
 * out, since what they were told may be lost; all else stays, as far as it fits together. A trial
 * of which something is missing has failed: one whose end may be lost, and one of which it is not
 * even known what was suggested. The latter has a candidate without values, and the strategy is not
 * told of it. That a trial paused after the first gap, or went on after a pause, is left out: it
 * runs as if it had not. A {@link StudyEvent.StudyRepaired} is where the intact part ends.
 *
 * @param events the new record, in order
 * @param damaged the trials that have failed thereby
 */
public record RecordRepair(List<StudyEvent> events, List<TrialId> damaged) {

  private static final String END_LOST = "damaged: its end may be among the facts that are lost";
  private static final String SUGGESTION_LOST = "damaged: what was suggested is lost";
  private static final String ATTEMPT_LOST = "damaged: how this attempt ended is lost";

  /** Copies the lists. */
  public RecordRepair {
    events = List.copyOf(events);
    damaged = List.copyOf(damaged);
  }

  /**
   * Puts a record in order.
   *
   * @param left what can be read, in order
   * @param gaps in front of which of these facts others are missing, by index; ascending
   * @param now the time of the repair
   * @throws IllegalArgumentException if the beginning of the study is lost
   */
  public static RecordRepair of(
      String study, List<StudyEvent> left, List<Integer> gaps, Instant now) {
    if (gaps.isEmpty()) {
      return new RecordRepair(left, List.of());
    }
    if (left.isEmpty() || gaps.get(0) == 0 || !(left.get(0) instanceof StudyEvent.StudyStarted)) {
      throw new IllegalArgumentException(
          "Study '%s' cannot be repaired, since its beginning is lost, and with it what it looks for. Maybe look at what is left (troupe trials), and begin anew beside it (--fresh)."
              .formatted(study));
    }
    int intact = endOfIntactCalls(left, gaps.get(0));
    var mending = new Mending(study, left);
    left.subList(0, intact).forEach(mending::keep);
    for (int i = intact; i < left.size(); i++) {
      mending.take(left.get(i), i >= gaps.get(gaps.size() - 1));
    }
    return mending.finish(intact, now);
  }

  /** A call of the strategy counts with all that it suggested, or not at all. */
  private static int endOfIntactCalls(List<StudyEvent> left, int gap) {
    for (int i = gap - 1; i >= 0; i--) {
      if (left.get(i) instanceof StudyEvent.StrategyAsked asked) {
        return i + asked.made() < gap ? gap : i;
      }
    }
    return gap;
  }

  /** Returns those trials of which it is known what was suggested. */
  static List<EndedTrial> known(List<EndedTrial> trials) {
    return trials.stream().allMatch(RecordRepair::isKnown)
        ? trials
        : trials.stream().filter(RecordRepair::isKnown).toList();
  }

  private static boolean isKnown(EndedTrial trial) {
    return trial.candidate() == null || !trial.candidate().equals(Configuration.empty());
  }

  /** What has become of a trial so far. */
  private static final class Track {
    final Suggestion suggestion;
    final boolean afterLastGap;
    int attempt = 1;
    List<Measurement> measurements = new ArrayList<>();
    double lostSeconds;
    boolean ended;

    Track(Suggestion suggestion, boolean afterLastGap) {
      this.suggestion = suggestion;
      this.afterLastGap = afterLastGap;
    }
  }

  private static final class Mending {

    private final String study;
    private final Map<TrialId, Suggestion> suggestions = new HashMap<>();
    private final List<StudyEvent> out = new ArrayList<>();
    private final TreeMap<TrialId, Track> trials = new TreeMap<>();
    private final List<TrialId> damaged = new ArrayList<>();
    private Instant last = Instant.MIN;

    Mending(String study, List<StudyEvent> left) {
      this.study = study;
      for (StudyEvent event : left) {
        if (event instanceof StudyEvent.TrialSuggested suggested) {
          suggestions.put(suggested.trial(), suggested.suggestion());
        } else if (event instanceof StudyEvent.TrialEnded ended) {
          suggestions.put(ended.trial().id(), ended.trial().suggestion());
        }
      }
    }

    /** Takes a fact as it is. */
    void keep(StudyEvent event) {
      follow(event, false);
      out.add(event);
    }

    /**
     * Takes a fact after a gap, as far as it fits.
     *
     * @param afterLastGap whether nothing is missing any more from here on
     */
    void take(StudyEvent event, boolean afterLastGap) {
      Attempt attempt = attempt(event);
      if (attempt != null) {
        takeOfAttempt(event, attempt, afterLastGap);
      } else if (isFitting(event)) {
        keep(event, afterLastGap);
      }
    }

    private boolean isFitting(StudyEvent event) {
      if (event instanceof StudyEvent.TrialSuggested suggested) {
        suggestUntil(suggested.trial().number() - 1);
        return !trials.containsKey(suggested.trial());
      } else if (event instanceof StudyEvent.TrialEnded ended) {
        return isOpen(ended.trial().id());
      }
      return !(event instanceof StudyEvent.StrategyAsked)
          && !(event instanceof StudyEvent.TrialPaused)
          && !(event instanceof StudyEvent.StudyRepaired)
          && !(event instanceof StudyEvent.StudyStarted);
    }

    private void keep(StudyEvent event, boolean afterLastGap) {
      follow(event, afterLastGap);
      out.add(event);
    }

    /** Checkpoints are left out: without them an attempt begins at its beginning. */
    private void takeOfAttempt(StudyEvent event, Attempt attempt, boolean afterLastGap) {
      if (event instanceof StudyEvent.CheckpointSaved
          || event instanceof StudyEvent.AttemptResumed
          || !isOpen(attempt.trial())) {
        return;
      }
      Track trial = track(attempt.trial());
      while (trial.attempt < attempt.number()) {
        keep(
            new StudyEvent.AttemptFailed(
                study, new Attempt(attempt.trial(), trial.attempt), ATTEMPT_LOST, 0, true),
            afterLastGap);
      }
      if (trial.attempt == attempt.number()) {
        keep(event, afterLastGap);
      }
    }

    /** Returns whether a trial has not ended, after making sure that it is on record. */
    private boolean isOpen(TrialId id) {
      suggestUntil(id.number());
      return !track(id).ended;
    }

    private void suggestUntil(long number) {
      for (long next = trials.size() + 1L; next <= number; next++) {
        TrialId id = TrialId.of(next);
        Suggestion known = suggestions.get(id);
        keep(
            new StudyEvent.TrialSuggested(
                study, id, known == null ? Suggestion.evaluate(Configuration.empty()) : known));
      }
    }

    private void follow(StudyEvent event, boolean afterLastGap) {
      if (event instanceof StudyEvent.StudyStarted started) {
        pass(started.at());
      } else if (event instanceof StudyEvent.StudyResumed resumed) {
        pass(resumed.at());
      } else if (event instanceof StudyEvent.StudyEnded ended) {
        pass(ended.at());
      } else if (event instanceof StudyEvent.TrialSuggested suggested) {
        suggest(suggested, afterLastGap);
      } else if (event instanceof StudyEvent.TrialPaused paused) {
        pass(paused.at());
        track(paused.attempt().trial()).lostSeconds += paused.deviceSeconds();
      } else if (event instanceof StudyEvent.Measured measured) {
        track(measured.attempt().trial()).measurements.add(measured.measurement());
      } else if (event instanceof StudyEvent.AttemptFailed failed) {
        Track trial = track(failed.attempt().trial());
        trial.attempt++;
        trial.measurements = new ArrayList<>();
        trial.lostSeconds += failed.deviceSeconds();
      } else if (event instanceof StudyEvent.TrialEnded ended) {
        pass(ended.at());
        Track trial = track(ended.trial().id());
        trial.ended = !(ended.trial().outcome() instanceof Outcome.Stopped);
      }
    }

    private void suggest(StudyEvent.TrialSuggested event, boolean afterLastGap) {
      Track before = trials.get(event.trial());
      var trial = new Track(event.suggestion(), afterLastGap);
      if (before != null) { // it was paused, and goes on
        trial.attempt = before.attempt + 1;
        trial.lostSeconds = before.lostSeconds;
      }
      trials.put(event.trial(), trial);
    }

    private Track track(TrialId id) {
      Track trial = trials.get(id);
      if (trial == null) {
        throw new IllegalArgumentException(
            "Study '%s' cannot be repaired: trial %s is on record before it was suggested. Maybe begin anew beside it (--fresh)."
                .formatted(study, id));
      }
      return trial;
    }

    private void pass(Instant at) {
      last = at.isAfter(last) ? at : last;
    }

    RecordRepair finish(int intact, Instant now) {
      trials.forEach(
          (id, trial) -> {
            if (!trial.ended && !trial.afterLastGap) {
              out.add(new StudyEvent.TrialEnded(study, last, end(id, trial)));
              damaged.add(id);
            }
          });
      long mended = out.size() - intact;
      out.add(intact, new StudyEvent.StudyRepaired(study, now.isAfter(last) ? now : last, mended));
      return new RecordRepair(out, damaged);
    }

    private EndedTrial end(TrialId id, Track trial) {
      double seconds =
          trial.measurements.isEmpty()
              ? 0
              : trial.measurements.get(trial.measurements.size() - 1).seconds();
      return new EndedTrial(
          id,
          trial.suggestion,
          trial.measurements,
          new Outcome.Failed(suggestions.containsKey(id) ? END_LOST : SUGGESTION_LOST),
          trial.lostSeconds + seconds);
    }

    private static @Nullable Attempt attempt(StudyEvent event) {
      if (event instanceof StudyEvent.Measured measured) {
        return measured.attempt();
      } else if (event instanceof StudyEvent.AttemptStarted started) {
        return started.attempt();
      } else if (event instanceof StudyEvent.AttemptFailed failed) {
        return failed.attempt();
      } else if (event instanceof StudyEvent.AttemptResumed resumed) {
        return resumed.attempt();
      } else if (event instanceof StudyEvent.CheckpointSaved saved) {
        return saved.attempt();
      }
      return null;
    }
  }
}
