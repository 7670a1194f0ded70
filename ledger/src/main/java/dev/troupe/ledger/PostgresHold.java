package dev.troupe.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a study in PostgreSQL: an advisory lock of a session of its own, which ends
 * with its connection. It is looked after before appends; should somebody else have taken the study
 * and written to it in between, then the numbers of the events are taken, and the append fails.
 */
final class PostgresHold implements StudyHold {

  private static final Logger log = LoggerFactory.getLogger(PostgresHold.class);

  private static final int CHECK_SECONDS = 10;

  /** So that the server notices soon that a machine is gone, which cannot say so. */
  private static final String KEEP_ALIVE =
      "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3";

  private static final String LOCK = "SELECT pg_try_advisory_lock(?)";
  private static final String HOLDER =
      "SELECT holder, token FROM study_holder WHERE persistence_id = ?";
  private static final String SIGN =
      """
      INSERT INTO study_holder (persistence_id, holder, token) VALUES (?, ?, ?)
      ON CONFLICT (persistence_id)
      DO UPDATE SET holder = EXCLUDED.holder, token = EXCLUDED.token
      """;
  private static final String END_SESSIONS =
      """
      SELECT pg_terminate_backend(pid) FROM pg_locks
      WHERE locktype = 'advisory' AND granted AND objsubid = 1
        AND ((classid::bigint << 32) | objid::bigint) = ?
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """;

  private final PostgresStore store;
  private final String study;
  private final String persistenceId;
  private final long key;
  private final String holder = Holder.describeThisProcess();
  private final String token = UUID.randomUUID().toString();
  private @Nullable Connection session;
  private long checked;

  private PostgresHold(PostgresStore store, String study) {
    this.store = store;
    this.study = study;
    persistenceId = PersistenceIds.of(study);
    key = AdvisoryKey.of(store.schema(), persistenceId);
  }

  /**
   * Takes the lock of {@code study}.
   *
   * @throws IllegalStateException if somebody holds it, whom the message names
   */
  static PostgresHold acquire(PostgresStore store, String study) throws SQLException {
    var hold = new PostgresHold(store, study);
    hold.renew(Duration.ZERO);
    return hold;
  }

  @Override
  public String databaseKey() {
    return store.place();
  }

  @Override
  public synchronized void renew(Duration credit) throws SQLException {
    if (session != null) {
      if (System.nanoTime() - checked < credit.toNanos()) {
        return;
      }
      if (session.isValid(CHECK_SECONDS)) {
        checked = System.nanoTime();
        return;
      }
      letGo(session);
      session = null;
    }
    session = take();
    checked = System.nanoTime();
  }

  private Connection take() throws SQLException {
    Connection connection = store.connect();
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute(KEEP_ALIVE);
      }
      if (!lock(connection)) {
        refuse(connection);
      }
      sign(connection);
      return connection;
    } catch (SQLException | RuntimeException e) {
      letGo(connection);
      throw e;
    }
  }

  private boolean lock(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LOCK)) {
      query.setLong(1, key);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private void sign(Connection connection) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SIGN)) {
      update.setString(1, persistenceId);
      update.setString(2, holder);
      update.setString(3, token);
      update.executeUpdate();
    }
  }

  /** Tells who has the lock; an earlier session of this hold, whose line was cut, is ended. */
  private void refuse(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HOLDER)) {
      query.setString(1, persistenceId);
      try (ResultSet row = query.executeQuery()) {
        boolean known = row.next();
        if (!known || !token.equals(row.getString(2))) {
          throw Holder.refusal(study, known ? row.getString(1) : "another process", store.place());
        }
      }
    }
    try (PreparedStatement end = connection.prepareStatement(END_SESSIONS)) {
      end.setLong(1, key);
      end.executeQuery().close();
    }
    throw new SQLTransientException("an earlier connection of this process still holds the study");
  }

  /** Nobody removes the tables of a server without a word. */
  @Override
  public void kept(long events) {}

  @Override
  public synchronized void close() {
    if (session != null) {
      try (Statement statement = session.createStatement()) {
        // The end of a session comes when the server gets round to it; this does not wait for it.
        statement.execute("SELECT pg_advisory_unlock(%d)".formatted(key));
      } catch (SQLException e) {
        log.debug("The lock of study '{}' ends with its session: {}", study, e.getMessage());
      }
      letGo(session);
      session = null;
    }
  }

  private static void letGo(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      log.debug("A connection was closed that was lost: {}", e.getMessage());
    }
  }
}
