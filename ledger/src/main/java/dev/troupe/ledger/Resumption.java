package dev.troupe.ledger;

import akka.actor.typed.ActorRef;
import dev.troupe.codec.Envelope;
import dev.troupe.codec.EventCodec;
import dev.troupe.study.StudyEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, on a thread of its own, until a store can be written again after an append was
 * interrupted, makes sure that the study is still ours, and looks how much of the append is there.
 */
final class Resumption {

  /**
   * What was interrupted.
   *
   * @param before how many events there were before the append
   * @param events what was to be appended
   */
  record Task(String study, Store store, StudyHold hold, long before, List<StudyEvent> events) {}

  private static final Logger log = LoggerFactory.getLogger(Resumption.class);

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private static final String WRITTEN =
      """
      SELECT event_payload FROM event_journal
      WHERE persistence_id = ? AND sequence_number > ? ORDER BY sequence_number
      """;

  private final Task task;
  private final Duration patience;
  private final ActorRef<DurableLedger.Message> owner;
  private final Thread thread;

  private Resumption(Task task, Duration patience, ActorRef<DurableLedger.Message> owner) {
    this.task = task;
    this.patience = patience;
    this.owner = owner;
    thread = new Thread(this::run, "troupe-ledger-" + task.study());
    thread.setDaemon(true);
  }

  /**
   * Begins to wait; {@code owner} is told how it went.
   *
   * @param cause why the append was interrupted
   * @param patience for how long to wait
   */
  static Resumption begin(
      Task task, Throwable cause, Duration patience, ActorRef<DurableLedger.Message> owner) {
    var resumption = new Resumption(task, patience, owner);
    if (!task.store().isConflict(cause)) {
      log.warn(
          "Study '{}': {} cannot be written at the moment ({}). It is waited for, for {} s at most.",
          task.study(),
          task.store().place(),
          Failures.message(cause),
          patience.toSeconds());
    }
    resumption.thread.start();
    return resumption;
  }

  /** Ends the waiting; nobody is told. */
  void cancel() {
    thread.interrupt();
  }

  private void run() {
    try {
      owner.tell(await());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // its owner has stopped
    } catch (RuntimeException e) {
      owner.tell(new DurableLedger.GivenUp(String.valueOf(e.getMessage())));
    }
  }

  private DurableLedger.Message await() throws InterruptedException {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      @Nullable SQLException trouble = null;
      try {
        return look(start);
      } catch (SQLException e) {
        trouble = e;
      }
      long left = patience.toNanos() - (System.nanoTime() - start);
      if (left <= 0 || !task.store().isPassing(trouble)) {
        return new DurableLedger.GivenUp(
            "Study '%s': %s could not be written for %d s: %s. %s What was acknowledged is kept, and running the study again goes on from there."
                .formatted(
                    task.study(),
                    task.store().place(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                    trouble.getMessage(),
                    task.store().remedy()));
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(pause)));
      pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
    }
  }

  private DurableLedger.Message look(long start) throws SQLException {
    task.hold().renew(Duration.ZERO);
    int written = written();
    if (written < 0) {
      return new DurableLedger.GivenUp(
          "Study '%s': after event %d, %s holds events that somebody else wrote. Maybe another process has taken the study over; it goes on there."
              .formatted(task.study(), task.before(), task.store().place()));
    }
    log.info(
        "Study '{}': {} can be written again after {} ms, and the study goes on.",
        task.study(),
        task.store().place(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    return new DurableLedger.Resumed(written);
  }

  /** Returns how many of the events are there, or -1 if there are others. */
  private int written() throws SQLException {
    try (Connection connection = task.store().read();
        PreparedStatement query = connection.prepareStatement(WRITTEN)) {
      String persistenceId = PersistenceIds.of(task.study());
      query.setString(1, persistenceId);
      query.setLong(2, task.before());
      int written = 0;
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          if (written == task.events().size()
              || !Arrays.equals(row.getBytes(1), sealed(persistenceId, written))) {
            return -1;
          }
          written++;
        }
      }
      return written;
    }
  }

  private byte[] sealed(String persistenceId, int index) {
    return Envelope.seal(
        persistenceId, task.before() + index + 1, EventCodec.encode(task.events().get(index)));
  }
}
