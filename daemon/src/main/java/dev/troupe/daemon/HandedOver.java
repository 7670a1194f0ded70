package dev.troupe.daemon;

import dev.troupe.KeptStudies;
import dev.troupe.KeptStudy;
import dev.troupe.KeptTrial;
import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A study that the daemon of its home folder runs, as the command sees it that handed it over: it
 * follows the record until the study has ended, or the daemon.
 */
final class HandedOver {

  private static final long PAUSE_MILLIS = 300;

  /** Reading takes longer as the record grows, and must not keep the machine busy. */
  private static final int IDLE_SHARE = 10;

  private final Submissions submissions;
  private final Path home;
  private final String ledger;
  private final String id;
  private final Set<Long> told = new HashSet<>();
  private boolean begun;

  private HandedOver(StudyFile file, Path home, boolean fresh) {
    this.submissions = new Submissions(home);
    this.home = home;
    this.ledger = file.ledger();
    this.id = submissions.submit(file, fresh);
  }

  /** Hands a study over if its home folder is served and its ledger lasts; returns null if not. */
  static @Nullable HandedOver to(Path home, StudyFile file, boolean fresh, Terminal terminal) {
    boolean lasts = !file.isVirtual() && !file.ledger().equals("memory");
    String daemon = lasts ? DaemonLock.holder(home) : null;
    if (daemon == null) {
      return null;
    }
    terminal
        .err()
        .println(
            "Study %s is handed to the daemon of %s, %s.".formatted(file.name(), home, daemon));
    return new HandedOver(file, home, fresh);
  }

  /**
   * Waits until the study has ended, or the daemon.
   *
   * @param listener is told of its beginning, and of each trial that ends meanwhile
   * @return the name of the study; null if the daemon has not taken it
   * @throws IllegalArgumentException if the daemon refuses the study
   */
  @Nullable String follow(Consumer<StudyEvent> listener) {
    Submissions.Answer answer = submissions.answer(id);
    while ((answer == null || !answer.ended()) && DaemonLock.holder(home) != null) {
      long began = System.nanoTime();
      if (answer != null && answer.study() != null) {
        tell(answer.study(), listener);
      }
      pause((System.nanoTime() - began) / 1_000_000 * IDLE_SHARE);
      answer = submissions.answer(id);
    }
    submissions.remove(id);
    if (answer != null && answer.refusal() != null) {
      throw new IllegalArgumentException(answer.refusal());
    }
    return answer == null ? null : answer.study();
  }

  private void tell(String study, Consumer<StudyEvent> listener) {
    try (KeptStudies studies = Troupe.keptStudies(ledger, home)) {
      KeptStudy kept = studies.study(study);
      if (!begun && kept.start() != null) {
        begun = true;
        listener.accept(kept.start());
      }
      for (KeptTrial trial : kept.trials()) {
        EndedTrial end = trial.end();
        // A trial that the study's end interrupted may still go on.
        if (end != null && !(end.outcome() instanceof Outcome.Stopped) && told.add(number(end))) {
          listener.accept(new StudyEvent.TrialEnded(study, Instant.now(), end));
        }
      }
    } catch (IllegalArgumentException e) {
      return; // nothing is on record yet
    }
  }

  private static long number(EndedTrial trial) {
    return trial.id().number();
  }

  /** Returns whether the listener has been told of a trial. */
  boolean hasTold(EndedTrial trial) {
    return told.contains(number(trial));
  }

  /** Returns the study under the name that it got. */
  static StudyFile named(StudyFile file, String name) {
    if (file.name().equals(name)) {
      return file;
    }
    var overrides = new ArrayList<>(file.portable().overrides());
    overrides.add("study.name=\"%s\"".formatted(name));
    return StudyFile.parse(file.portable().file(), file.portable().text(), List.copyOf(overrides));
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(Math.max(PAUSE_MILLIS, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a study was followed.", e);
    }
  }
}
