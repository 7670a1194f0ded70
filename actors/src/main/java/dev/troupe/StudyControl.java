package dev.troupe;

import dev.troupe.actor.Custodian;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.Mailbox;
import dev.troupe.estimator.weights.CheckpointStore;
import dev.troupe.estimator.weights.CheckpointStores;
import dev.troupe.estimator.weights.WeightStore;
import dev.troupe.study.Instruction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks things of studies that are kept, whichever process runs them. A study that runs does what is
 * asked; one that nobody runs has it on record, and it holds when the study is run again. Thread
 * safe.
 */
public final class StudyControl {

  /** What became of an instruction. */
  public enum Reception {
    /** The process that runs the study does it. */
    DONE,
    /** Nobody runs the study; it is on record. */
    RECORDED,
    /** Nobody runs the study, and only who does can judge it: it is looked at when that happens. */
    QUEUED,
    /** Whoever runs the study gave no answer in time; it waits for one. */
    UNANSWERED
  }

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** So many pauses lie between two looks whether anybody still holds the study. */
  private static final int PAUSES_BETWEEN_LOOKS = 10;

  private final LedgerProvider provider;
  private final String setting;
  private final Path home;

  StudyControl(LedgerProvider provider, String setting, Path home) {
    this.provider = provider;
    this.setting = setting;
    this.home = home;
  }

  /**
   * Asks something of a study.
   *
   * @param by who asks, in words, as it will be on record
   * @param patience how long to wait for the process that runs the study
   * @throws IllegalArgumentException if there is no such study, or it refuses
   * @throws IllegalStateException if the ledger cannot be read or written
   */
  public Reception instruct(String study, Instruction instruction, String by, Duration patience) {
    requireKept(study);
    try (Mailbox mailbox = provider.mailbox(setting, home)) {
      long number = mailbox.post(study, instruction, by, Instant.now());
      long end = System.nanoTime() + patience.toNanos();
      boolean alone = false;
      for (int pause = 0; ; pause++) {
        if (pause % PAUSES_BETWEEN_LOOKS == 0) {
          alone = takeCare(study, mailbox);
        }
        String answer = mailbox.answer(study, number);
        if (answer != null) {
          requireDone(answer);
          return alone ? Reception.RECORDED : Reception.DONE;
        }
        if (alone) {
          return Reception.QUEUED;
        }
        if (System.nanoTime() > end) {
          return Reception.UNANSWERED;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void requireKept(String study) {
    try (KeptStudies studies = new KeptStudies(provider.reader(setting, home))) {
      studies.requireKept(study);
    }
  }

  private static void requireDone(String answer) {
    if (!answer.equals(Mailbox.DONE)) {
      throw new IllegalArgumentException(answer);
    }
  }

  /** Answers all requests if nobody holds the study; returns whether that is so. */
  private boolean takeCare(String study, Mailbox mailbox) {
    try (LedgerSession session = open(study)) {
      if (session == null) {
        return false;
      }
      Custodian custodian = Custodian.of(study, session.read());
      for (Mailbox.Request request : mailbox.open(study)) {
        Custodian.Decision decision = custodian.decide(request, Instant.now());
        if (decision.fact() != null) {
          session.append(decision.fact());
        }
        if (decision.answer() != null) {
          mailbox.answer(study, request.number(), decision.answer());
        }
      }
      return true;
    }
  }

  private @Nullable LedgerSession open(String study) {
    try {
      return LedgerSession.of(study, provider.open(setting, study, home));
    } catch (IllegalStateException e) {
      return null; // somebody holds it
    }
  }

  /**
   * Deletes all that is kept of a study; checkpoints only where the home folder has them.
   *
   * @throws IllegalArgumentException if there is no such study
   * @throws IllegalStateException if somebody holds it, whom the message names, or the ledger
   *     cannot be written
   */
  public void delete(String study) {
    requireKept(study);
    provider.delete(setting, study, home);
    try {
      CheckpointStore checkpoints =
          CheckpointStores.open(CheckpointStores.DEFAULT, true, study, home);
      if (checkpoints != null) {
        checkpoints.sweep(Set.of(), attempt -> true);
        WeightStore weights = checkpoints.weights();
        if (weights != null) {
          weights.clear();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "Study '%s' is deleted, but not its checkpoints: %s.".formatted(study, e.getMessage()),
          e);
    }
  }
}
