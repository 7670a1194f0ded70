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
 * and the list if it accounts for all rows; else every row is asked.
 */
final class StudyNames {

  private static final Logger log = LoggerFactory.getLogger(StudyNames.class);

  private static final String HEADS =
      "SELECT persistence_id, events FROM study_head ORDER BY begun";
  private static final String ROWS = "SELECT MAX(ordering) FROM event_journal";
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

  static List<String> read(Connection connection) {
    try {
      List<String> names = readHeads(connection);
      if (names != null) {
        return names;
      }
    } catch (SQLException e) {
      // A damaged table or index: the rows themselves may still be there.
    }
    return readRows(connection);
  }

  private static @Nullable List<String> readHeads(Connection connection) throws SQLException {
    var names = new ArrayList<String>();
    long events = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HEADS)) {
      while (row.next()) {
        String persistenceId = row.getString(1);
        events += row.getLong(2);
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
    return events == lastRow(connection) ? names : null;
  }

  private static boolean hasEvent(Connection connection, String persistenceId) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(EVENTS)) {
      query.setString(1, persistenceId);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && isIntact(row);
      }
    }
  }

  private static long lastRow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ROWS)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static List<String> readRows(Connection connection) {
    Set<String> names = new LinkedHashSet<>();
    try (Statement statement = connection.createStatement();
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
