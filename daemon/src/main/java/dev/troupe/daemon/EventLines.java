package dev.troupe.daemon;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One readable line for each event that a person wants to know about. */
final class EventLines implements Consumer<StudyEvent> {

  private static final Logger log = LoggerFactory.getLogger(EventLines.class);

  private List<Objective> objectives = List.of();

  private long earlier;

  /** Counts a trial that ended in an earlier run. */
  void earlier(EndedTrial unused) {
    earlier++;
  }

  @Override
  public void accept(StudyEvent event) {
    if (event instanceof StudyEvent.StudyStarted started) {
      objectives = started.objectives();
      log.info(
          "Study '{}' starts: {} by '{}', seed {}, {} at a time.",
          started.study(),
          describe(started.objectives()),
          started.strategy(),
          started.seed(),
          Text.count(started.parallelism(), "trial"));
    } else if (event instanceof StudyEvent.StudyResumed resumed) {
      log.info(
          "Study '{}' goes on from its record: {} ended in earlier runs.",
          resumed.study(),
          Text.count(earlier, "trial"));
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      ended(ended.trial());
    } else if (event instanceof StudyEvent.TrialPaused paused) {
      log.info(
          "Trial {} pauses: {} ({}).",
          paused.attempt().trial(),
          Text.metrics(paused.metrics(), objectives),
          Text.duration(paused.deviceSeconds()));
    } else if (event instanceof StudyEvent.AttemptFailed failed) {
      log.warn(
          "Trial {} is tried again after attempt {}: {}",
          failed.attempt().trial(),
          failed.attempt().number(),
          failed.reason());
    } else if (event instanceof StudyEvent.AttemptResumed resumed) {
      log.info(
          "Trial {} goes on from its checkpoint at step {}.",
          resumed.attempt().trial(),
          resumed.step());
    } else if (event instanceof StudyEvent.IncumbentChanged changed) {
      log.info(
          "Trial {} is the best so far: {}.",
          changed.trial(),
          Text.metrics(changed.metrics(), objectives));
    } else if (event instanceof StudyEvent.StudyInstructed instructed) {
      log.info(
          "Study '{}' is asked by {} to {}.",
          instructed.study(),
          instructed.by(),
          Text.instruction(instructed.instruction()));
    } else if (event instanceof StudyEvent.StudyEnded end) {
      log.info("Study '{}' has ended: {}.", end.study(), end.reason());
    }
  }

  private void ended(EndedTrial trial) {
    if (trial.outcome() instanceof Outcome.Failed failed) {
      log.warn("Trial {} failed: {}", trial.id(), withoutPrefix(trial, failed.reason()));
      return;
    }
    String metrics = Text.metrics(trial.metrics(), objectives);
    log.info(
        "Trial {} {}{} ({}).",
        trial.id(),
        trial.state().name().toLowerCase(Locale.ROOT),
        metrics.isEmpty() ? "" : ": " + metrics,
        Text.duration(trial.deviceSeconds()));
  }

  static String withoutPrefix(EndedTrial trial, String reason) {
    String prefix = "Trial " + trial.id() + ": ";
    return reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason;
  }

  private static String describe(List<Objective> objectives) {
    return String.join(
        ", ",
        objectives.stream()
            .map(
                objective ->
                    objective.direction().name().toLowerCase(Locale.ROOT)
                        + " "
                        + objective.metric())
            .toList());
  }
}
