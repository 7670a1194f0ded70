package dev.troupe.daemon;

import dev.troupe.KeptStudies;
import dev.troupe.KeptStudy;
import dev.troupe.KeptTrial;
import dev.troupe.StudyFile;
import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.draw.Drawing;
import dev.troupe.space.Configuration;
import dev.troupe.space.Decoder;
import dev.troupe.study.Objective;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drawings of trials: the record of a study has their configurations, its file what these stand
 * for.
 */
final class StudyDrawing {

  private final KeptArguments arguments;
  private final PrintStream err;

  StudyDrawing(KeptArguments arguments, PrintStream err) {
    this.arguments = arguments;
    this.err = err;
  }

  /**
   * Returns a drawing of a trial, or null if the best one is asked for and none has completed.
   *
   * @param file the study file
   * @param overrides that win over it
   * @param number of the trial; null for the best one
   * @throws IllegalArgumentException if there is no such file, study or trial, or its space has no
   *     architectures
   */
  @Nullable Drawing of(String file, List<String> overrides, @Nullable Long number) {
    requireFile(file);
    StudyFile study = StudyFile.load(Path.of(file), overrides);
    Decoder<Architecture> decoder =
        study.space().decoder(Architecture.class).orElseThrow(() -> withoutArchitectures(study));
    try (KeptStudies studies = arguments.open(study.ledger())) {
      KeptStudy kept = KeptArguments.study(studies, study.name(), err);
      KeptTrial trial = number == null ? kept.summary().best() : trial(kept, number);
      return trial == null ? null : drawing(kept, trial, decoder);
    }
  }

  /**
   * Returns a drawing of a trial as SVG, or null if there is nothing to be drawn: the space has no
   * architectures, or the trial is not of the file's space.
   */
  static @Nullable String find(KeptStudy kept, KeptTrial trial, StudyFile study) {
    Decoder<Architecture> decoder = study.space().decoder(Architecture.class).orElse(null);
    Configuration candidate = trial.candidate();
    if (decoder == null || candidate == null || !study.space().contains(candidate)) {
      return null;
    }
    return drawing(kept, trial, decoder).svg();
  }

  /** A study's name alone is not enough, which is worth another message. */
  private void requireFile(String file) {
    if (Files.exists(Path.of(file))) {
      return;
    }
    boolean isKept = false;
    if (Path.of(file).getNameCount() == 1) {
      try (KeptStudies studies = arguments.open()) {
        isKept = studies.names().contains(file);
      } catch (IllegalArgumentException e) {
        isKept = false; // nothing is kept here at all
      }
    }
    if (isKept) {
      throw new IllegalArgumentException(
          "Study '%1$s' is on record, but what its configurations stand for is in its file alone. Maybe name that: troupe draw %1$s.conf."
              .formatted(file));
    }
  }

  private static IllegalArgumentException withoutArchitectures(StudyFile study) {
    return new IllegalArgumentException(
        "Study '%s': its configurations must stand for architectures to be drawn, but its space has the parameters %s alone. Maybe draw a study with a block architecture { name = … }."
            .formatted(study.name(), study.space().names()));
  }

  private static KeptTrial trial(KeptStudy study, long number) {
    for (KeptTrial trial : study.trials()) {
      if (trial.id().number() == number) {
        return trial;
      }
    }
    throw new IllegalArgumentException(
        "Study '%s' has no trial %d, but %s. Maybe look at them: troupe trials %s."
            .formatted(
                study.name(), number, Text.count(study.trials().size(), "other"), study.name()));
  }

  private static Drawing drawing(KeptStudy study, KeptTrial trial, Decoder<Architecture> decoder) {
    Configuration candidate = trial.candidate();
    if (candidate == null) {
      throw new IllegalArgumentException(
          "Trial %s of study '%s' is about a supernet and has no configuration to be drawn. Maybe draw another one."
              .formatted(trial.id(), study.name()));
    }
    return Drawing.of(decoded(study, trial, decoder, candidate)).withTitle(title(study, trial));
  }

  private static String title(KeptStudy study, KeptTrial trial) {
    var title = new StringBuilder("%s, trial %s".formatted(study.name(), trial.id()));
    for (Objective objective : study.objectives()) {
      if (trial.metrics().has(objective.metric())) {
        double value = trial.metrics().get(objective.metric());
        title.append(", ").append(objective.metric()).append(' ').append(Text.number(value));
      }
    }
    return title.toString();
  }

  private static Architecture decoded(
      KeptStudy study, KeptTrial trial, Decoder<Architecture> decoder, Configuration candidate) {
    try {
      return decoder.decode(candidate);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Trial %s of study '%s' must be of the file's space, but is not: %s Maybe the file has changed since."
              .formatted(trial.id(), study.name(), e.getMessage()),
          e);
    }
  }
}
