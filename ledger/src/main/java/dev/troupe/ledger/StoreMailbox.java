package dev.troupe.ledger;

import dev.troupe.actor.Mailbox;
import dev.troupe.study.Instruction;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests in a store. Keeps one connection for as long as it works: whoever runs a study looks
 * twice a second.
 */
final class StoreMailbox implements Mailbox {

  private static final int MOST_TRIES = 10;

  /** Something that is done with the database. */
  private interface Work<R> {
    R run(Connection connection) throws SQLException;
  }

  private final Store store;
  private @Nullable Connection connection;

  StoreMailbox(Store store) {
    this.store = store;
  }

  @Override
  public long post(String study, Instruction instruction, String by, Instant at) {
    var request = new StudyEvent.StudyInstructed(study, at, instruction, by, null);
    return run(open -> post(open, request));
  }

  /** Another process may take the number first. */
  private long post(Connection open, StudyEvent.StudyInstructed request) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return ControlTable.post(open, request);
      } catch (SQLException e) {
        if (tries == MOST_TRIES || !store.isConflict(e)) {
          throw e;
        }
      }
    }
  }

  @Override
  public List<Request> open(String study) {
    return run(open -> ControlTable.open(open, study));
  }

  @Override
  @SuppressWarnings("NullAway") // it does not see that the type of an answer may be null
  public void answer(String study, long number, String answer) {
    run(
        open -> {
          ControlTable.answer(open, study, number, answer);
          return study;
        });
  }

  @Override
  @SuppressWarnings("NullAway") // it does not see that the type of an answer may be null
  public @Nullable String answer(String study, long number) {
    return run(open -> Optional.ofNullable(ControlTable.answer(open, study, number))).orElse(null);
  }

  private synchronized <R> R run(Work<R> work) {
    try {
      if (connection == null) {
        connection = store.write();
      }
      return work.run(connection);
    } catch (SQLException | IOException e) {
      close(); // the next time with a new one
      throw new IllegalStateException(
          "What is asked of studies cannot be kept in %s: %s. %s"
              .formatted(store.place(), e.getMessage(), store.remedy()),
          e);
    }
  }

  @Override
  public synchronized void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It is given up in any case.
      }
      connection = null;
    }
  }
}
