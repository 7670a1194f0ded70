package dev.troupe.ledger;

import dev.troupe.codec.DamageException;
import dev.troupe.codec.Envelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the studies of a database. A name is believed if an event under it has the right checksum,
 * and the list if it is as long as the index says; else every row is asked.
 */
final class StudyNames {

  private static final Logger log = LoggerFactory.getLogger(StudyNames.class);

  private static final String HEADS = "SELECT persistence_id FROM study_head ORDER BY begun";

  /** Goes from study to study through the index, however many events lie between. */
  private static final String STUDIES =
      """
      WITH RECURSIVE study (id) AS (
        SELECT MIN(persistence_id) FROM event_journal
        UNION ALL
        SELECT (SELECT MIN(persistence_id) FROM event_journal WHERE persistence_id > study.id)
        FROM study WHERE study.id IS NOT NULL)
      SELECT COUNT(id) FROM study
      """;

  private static final String EVENTS =
      """
      SELECT persistence_id, sequence_number, event_payload FROM event_journal
      WHERE persistence_id = ? ORDER BY sequence_number LIMIT 1
      """;
  private static final String ALL =
      """
      SELECT persistence_id, sequence_number, event_payload FROM event_journal
      ORDER BY ordering
      """;

  private StudyNames() {}

  /**
   * Returns the names.
   *
   * @throws SQLException if the connection is lost
   */
  static List<String> read(Store store, Connection connection) throws SQLException {
    List<String> acknowledged = store.acknowledgedStudies(connection);
    Set<String> names = new LinkedHashSet<>(readTables(store, connection));
    names.addAll(acknowledged); // reading them tells that they are lost
    return List.copyOf(names);
  }

  private static List<String> readTables(Store store, Connection connection) throws SQLException {
    try {
      List<String> names = readHeads(connection);
      if (names != null) {
        return names;
      }
    } catch (SQLException e) {
      if (store.isPassing(e)) {
        throw e;
      }
      // A damaged table or index: the rows themselves may still be there.
    }
    connection.rollback(); // a server does nothing more in a transaction that failed
    return readRows(connection);
  }

  private static @Nullable List<String> readHeads(Connection connection) throws SQLException {
    var names = new ArrayList<String>();
    long heads = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HEADS)) {
      while (row.next()) {
        String persistenceId = row.getString(1);
        heads++;
        String study = PersistenceIds.study(persistenceId);
        if (study == null) {
          continue;
        }
        if (!hasEvent(connection, persistenceId)) {
          return null;
        }
        names.add(study);
      }
    }
    return heads == count(connection) ? names : null;
  }

  private static boolean hasEvent(Connection connection, String persistenceId) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(EVENTS)) {
      query.setString(1, persistenceId);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && isIntact(row);
      }
    }
  }

  private static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STUDIES)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static List<String> readRows(Connection connection) {
    Set<String> names = new LinkedHashSet<>();
    try (Statement statement = scrolling(connection);
        ResultSet row = statement.executeQuery(ALL)) {
      while (row.next()) {
        String study = PersistenceIds.study(String.valueOf(row.getString(1)));
        if (study != null && !names.contains(study) && isIntact(row)) {
          names.add(study);
        }
      }
    } catch (SQLException e) {
      log.warn("Studies may be missing in the list: {}", e.getMessage());
    }
    return List.copyOf(names);
  }

  private static Statement scrolling(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.setFetchSize(EventScan.FETCH_ROWS);
    return statement;
  }

  private static boolean isIntact(ResultSet row) throws SQLException {
    byte[] sealed = row.getBytes(3);
    if (sealed == null) {
      return false;
    }
    try {
      Envelope.open(row.getString(1), row.getLong(2), sealed);
      return true;
    } catch (DamageException e) {
      return false;
    }
  }
}
