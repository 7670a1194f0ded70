package dev.troupe.ledger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Takes all rows of a study out of a store, at once or not at all. */
final class Deletion {

  private static final List<String> STATEMENTS =
      List.of(
          """
          DELETE FROM event_tag WHERE event_id IN (
            SELECT ordering FROM event_journal WHERE persistence_id = ?)
          """,
          "DELETE FROM event_journal WHERE persistence_id = ?",
          "DELETE FROM study_head WHERE persistence_id = ?",
          "DELETE FROM snapshot WHERE persistence_id = ?",
          "DELETE FROM segment WHERE persistence_id = ?");

  private Deletion() {}

  /**
   * Deletes a study. The file of its lock stays: to remove it under another process would let two
   * write one study.
   *
   * @throws IllegalStateException if somebody holds the study, whom the message names, or the store
   *     cannot be written
   */
  static void run(Store store, String study) {
    try (StudyHold hold = store.hold(study);
        Connection connection = store.write()) {
      hold.kept(0); // nothing is acknowledged any more
      connection.setAutoCommit(false);
      String persistenceId = PersistenceIds.of(study);
      for (String statement : STATEMENTS) {
        try (PreparedStatement delete = connection.prepareStatement(statement)) {
          delete.setString(1, persistenceId);
          delete.executeUpdate();
        }
      }
      ControlTable.delete(connection, persistenceId);
      connection.commit();
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(
          "Study '%s' could not be deleted from %s: %s. %s"
              .formatted(study, store.place(), e.getMessage(), store.remedy()),
          e);
    }
  }
}
