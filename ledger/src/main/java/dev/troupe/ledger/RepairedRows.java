package dev.troupe.ledger;

import dev.troupe.codec.Envelope;
import dev.troupe.codec.EventCodec;
import dev.troupe.study.StudyEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes the events of a repaired record, as the journal would have. */
final class RepairedRows {

  private static final String INSERT =
      """
      INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,
        adapter_manifest, event_payload, event_ser_id, event_ser_manifest)
      VALUES (?, ?, 'repair', ?, '', ?, ?, '')
      """;

  /** Akka's serialiser of plain bytes. */
  private static final int BYTES = 4;

  private static final int BATCH = 1000;

  private RepairedRows() {}

  static void insert(Connection connection, String study, List<StudyEvent> events)
      throws SQLException {
    String persistenceId = PersistenceIds.of(study);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int i = 1; i <= events.size(); i++) {
        insert.setString(1, persistenceId);
        insert.setLong(2, i);
        insert.setLong(3, System.currentTimeMillis());
        insert.setBytes(4, Envelope.seal(persistenceId, i, EventCodec.encode(events.get(i - 1))));
        insert.setInt(5, BYTES);
        insert.addBatch();
        if (i % BATCH == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }
}
