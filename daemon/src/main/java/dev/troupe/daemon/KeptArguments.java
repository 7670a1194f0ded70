package dev.troupe.daemon;

import dev.troupe.KeptStudies;
import dev.troupe.KeptStudy;
import dev.troupe.KeptSummary;
import dev.troupe.StudyBuilder;
import dev.troupe.StudyControl;
import dev.troupe.Troupe;
import dev.troupe.actor.RepairReport;
import dev.troupe.space.Configuration;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands are given that read kept studies. */
final class KeptArguments {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "the folder in which studies are kept (default: TROUPE_HOME, or .troupe)")
  private @Nullable Path home;

  @Option(
      names = "--ledger",
      paramLabel = "LEDGER",
      description = "what keeps them, as in the study file (default: file)")
  private @Nullable String ledger;

  /** Opens the kept studies. */
  KeptStudies open() {
    return open("file");
  }

  /** Returns how to ask things of the kept studies. */
  StudyControl control() {
    return Troupe.studyControl(
        ledger == null ? "file" : ledger, home == null ? Troupe.defaultHome() : home);
  }

  /** Opens the kept studies; those of another ledger unless one was chosen. */
  KeptStudies open(String fallback) {
    return Troupe.keptStudies(
        ledger == null ? fallback : ledger, home == null ? Troupe.defaultHome() : home);
  }

  /** Puts a damaged study in order. */
  RepairReport repair(String study) {
    return Troupe.repair(
        ledger == null ? "file" : ledger, study, home == null ? Troupe.defaultHome() : home);
  }

  /**
   * Says in a description of a study where it is kept; as it has it unless something was chosen.
   */
  StudyBuilder<Configuration> apply(StudyBuilder<Configuration> study) {
    if (ledger != null) {
      study.ledger(ledger);
    }
    return home == null ? study : study.home(home);
  }

  /** Returns what is on record of a study, and says what could not be read. */
  static KeptStudy study(KeptStudies studies, String name, PrintStream err) {
    KeptStudy study = studies.study(name);
    warn(study.summary(), err);
    return study;
  }

  /** Says what of a study could not be read. */
  static void warn(KeptSummary study, PrintStream err) {
    for (String damage : study.damages()) {
      err.println("troupe: Study '%s' is damaged: %s".formatted(study.name(), damage));
    }
  }
}
