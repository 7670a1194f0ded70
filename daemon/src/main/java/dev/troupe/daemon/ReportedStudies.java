package dev.troupe.daemon;

import dev.troupe.KeptPauses;
import dev.troupe.KeptRun;
import dev.troupe.KeptStudy;
import dev.troupe.KeptSummary;
import dev.troupe.KeptTrial;
import dev.troupe.StudyFile;
import dev.troupe.monitoring.report.ReportedRun;
import dev.troupe.monitoring.report.ReportedStudy;
import dev.troupe.monitoring.report.ReportedTrial;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Outcome;
import dev.troupe.study.TrialState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Studies on record as reports show them. */
final class ReportedStudies {

  private ReportedStudies() {}

  /** Returns a study of which there is nothing but the record. */
  static ReportedStudy of(KeptStudy study) {
    return reported(
        study,
        null,
        null,
        List.of(
            "troupe run FILE        # its study file, with the settings below",
            "troupe trials %s --csv   # all its trials".formatted(KeptHint.quoted(study.name()))));
  }

  /**
   * Returns a study whose file is at hand.
   *
   * @param file the study file
   * @param path where it is, as it was typed
   * @param overrides that win over it
   */
  static ReportedStudy of(KeptStudy study, StudyFile file, String path, List<String> overrides) {
    var settings = new StringBuilder(KeptHint.quoted(path));
    overrides.forEach(each -> settings.append(" --set ").append(KeptHint.quoted(each)));
    return reported(
        study,
        file.space(),
        drawing(study, file),
        List.of(
            "troupe run %s --fresh".formatted(settings),
            "troupe replay %s --exact".formatted(settings),
            "troupe trials %s --csv".formatted(KeptHint.quoted(study.name()))));
  }

  private static @Nullable String drawing(KeptStudy study, StudyFile file) {
    KeptTrial best = study.summary().best();
    return best == null ? null : StudyDrawing.find(study, best, file);
  }

  /** That the beginning may be null is not seen in the other module's nested type. */
  @SuppressWarnings("NullAway")
  private static ReportedStudy reported(
      KeptStudy study,
      @Nullable SearchSpace space,
      @Nullable String drawing,
      List<String> commands) {
    KeptSummary summary = study.summary();
    return new ReportedStudy(
        summary.name(),
        summary.state(),
        summary.reason(),
        summary.start(),
        summary.budget(),
        summary.last(),
        summary.test(),
        summary.savedSeconds(),
        study.trials().stream().map(ReportedStudies::trial).toList(),
        summary.damages(),
        space,
        drawing,
        commands);
  }

  private static ReportedTrial trial(KeptTrial trial) {
    return new ReportedTrial(
        trial.id(),
        trial.suggestion(),
        trial.state(),
        trial.end() != null && trial.end().outcome() instanceof Outcome.Failed failed
            ? failed.reason()
            : null,
        trial.metrics(),
        trial.measurements(),
        trial.failures(),
        trial.deviceSeconds(),
        trial.lostSeconds(),
        runs(trial));
  }

  /** The times of runs that were tried again are not on record. */
  private static List<ReportedRun> runs(KeptTrial trial) {
    var runs = new ArrayList<ReportedRun>();
    KeptPauses pauses = trial.pauses();
    if (pauses != null) {
      for (KeptRun run : pauses.runs()) {
        runs.add(new ReportedRun(run.ended(), run.deviceSeconds(), TrialState.PAUSED, null));
      }
    }
    if (trial.ended() != null) {
      double before = trial.lostSeconds() + (pauses == null ? 0 : pauses.deviceSeconds());
      double seconds = Math.max(0, trial.deviceSeconds() - before);
      runs.add(new ReportedRun(trial.ended(), seconds, trial.state(), trial.device()));
    }
    return runs;
  }
}
