package dev.troupe.ledger;

import dev.troupe.actor.StudySnapshot;
import dev.troupe.codec.DamageException;
import dev.troupe.codec.Envelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest snapshots of each study, each under a checksum over key and content. One that is
 * damaged is passed over: the one before it, or all facts, lead to the same state.
 */
final class SnapshotTable {

  private static final Logger log = LoggerFactory.getLogger(SnapshotTable.class);

  private static final String INSERT =
      "INSERT INTO snapshot (persistence_id, facts, payload) VALUES (?, ?, ?)";
  private static final String KEEP_TWO =
      """
      DELETE FROM snapshot WHERE persistence_id = ? AND facts NOT IN (
        SELECT facts FROM snapshot WHERE persistence_id = ? ORDER BY facts DESC LIMIT 2)
      """;
  private static final String NEWEST =
      """
      SELECT facts, payload FROM snapshot
      WHERE persistence_id = ? AND facts <= ? ORDER BY facts DESC
      """;

  private SnapshotTable() {}

  /** Keeps a snapshot, and the one before it, in one transaction. */
  static void keep(Connection connection, String study, StudySnapshot snapshot)
      throws SQLException {
    String persistenceId = PersistenceIds.of(study);
    byte[] sealed = Envelope.seal(persistenceId, snapshot.facts(), SnapshotCodec.encode(snapshot));
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement(INSERT);
        PreparedStatement tidy = connection.prepareStatement(KEEP_TWO)) {
      insert.setString(1, persistenceId);
      insert.setLong(2, snapshot.facts());
      insert.setBytes(3, sealed);
      insert.executeUpdate();
      tidy.setString(1, persistenceId);
      tidy.setString(2, persistenceId);
      tidy.executeUpdate();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  /**
   * Returns the newest snapshot that is intact, or null.
   *
   * @param facts how many facts there are: a snapshot of more is not believed
   */
  static @Nullable StudySnapshot newest(Connection connection, String study, long facts) {
    String persistenceId = PersistenceIds.of(study);
    try (PreparedStatement query = connection.prepareStatement(NEWEST)) {
      query.setString(1, persistenceId);
      query.setLong(2, facts);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          StudySnapshot snapshot = decode(study, row.getLong(1), row.getBytes(2));
          if (snapshot != null) {
            return snapshot;
          }
        }
      }
    } catch (SQLException e) {
      log.warn(
          "Study '{}': its snapshots cannot be read ({}), so that taking it up takes longer.",
          study,
          e.getMessage());
    }
    return null;
  }

  private static @Nullable StudySnapshot decode(
      String study, long facts, byte @Nullable [] sealed) {
    try {
      if (sealed == null) {
        throw new DamageException("it has no bytes");
      }
      byte[] encoded = Envelope.open(PersistenceIds.of(study), facts, sealed);
      return SnapshotCodec.decode(study, encoded);
    } catch (DamageException e) {
      log.warn(
          "Study '{}': its snapshot of {} facts is passed over, since it cannot be read: {}.",
          study,
          facts,
          e.getMessage());
      return null;
    }
  }
}
