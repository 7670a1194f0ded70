package dev.troupe.ledger;

import dev.troupe.actor.RecordRepair;
import dev.troupe.actor.RepairReport;
import dev.troupe.study.StudyEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Repairs a study in PostgreSQL: moves its rows to the table {@code damaged_event} and writes its
 * repaired record, in one transaction. Where rows cannot even be moved, the server's own means are
 * needed, and it says so.
 */
final class PostgresRepair {

  private static final String MOVE =
      """
      INSERT INTO damaged_event (ordering, persistence_id, sequence_number, event_payload)
      SELECT ordering, persistence_id, sequence_number, event_payload FROM event_journal
      WHERE persistence_id = ?
      """;
  private static final List<String> DELETE =
      List.of(
          "DELETE FROM event_journal WHERE persistence_id = ?",
          "DELETE FROM study_head WHERE persistence_id = ?",
          "DELETE FROM snapshot WHERE persistence_id = ?",
          "DELETE FROM segment WHERE persistence_id = ?");

  /** So that it stays at its place among the studies. */
  private static final String KEEP_PLACE =
      """
      UPDATE study_head SET begun = (
        SELECT MIN(ordering) FROM damaged_event
        WHERE damaged_event.persistence_id = study_head.persistence_id)
      WHERE persistence_id = ?
      """;

  private PostgresRepair() {}

  static RepairReport run(PostgresStore store, String study) throws SQLException {
    try (StudyHold hold = store.hold(study)) {
      var left = new ArrayList<StudyEvent>();
      EventScan.Result scan =
          EventScan.run(store, study, 1, Long.MAX_VALUE, (event, place) -> left.add(event));
      if (scan.damages().isEmpty()) {
        return new RepairReport(List.of(), List.of(), null);
      }
      RecordRepair repaired = RecordRepair.of(study, left, scan.gaps(), Instant.now());
      try (Connection connection = store.connect()) {
        connection.setAutoCommit(false);
        String persistenceId = PersistenceIds.of(study);
        execute(connection, MOVE, persistenceId);
        for (String delete : DELETE) {
          execute(connection, delete, persistenceId);
        }
        RepairedRows.insert(connection, study, repaired.events());
        execute(connection, KEEP_PLACE, persistenceId);
        connection.commit();
      }
      return new RepairReport(
          scan.damages(), repaired.damaged(), store.place() + ", table damaged_event");
    }
  }

  private static void execute(Connection connection, String sql, String persistenceId)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, persistenceId);
      statement.executeUpdate();
    }
  }
}
