package dev.troupe.ledger;

import dev.troupe.codec.DamageException;
import dev.troupe.codec.Envelope;
import dev.troupe.study.StudyEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments of each study, each under a checksum over key and content. They follow each other
 * without gaps: one that is damaged ends them, and from there on the facts tell the same.
 */
final class SegmentTable {

  private static final Logger log = LoggerFactory.getLogger(SegmentTable.class);

  private static final String INSERT =
      "INSERT INTO segment (persistence_id, after_fact, last_fact, payload) VALUES (?, ?, ?, ?)";
  private static final String ALL =
      """
      SELECT after_fact, last_fact, payload FROM segment
      WHERE persistence_id = ? ORDER BY after_fact
      """;
  private static final String CHAIN =
      """
      SELECT after_fact, last_fact FROM segment
      WHERE persistence_id = ? ORDER BY after_fact
      """;
  private static final String DROP =
      "DELETE FROM segment WHERE persistence_id = ? AND after_fact >= ?";

  private SegmentTable() {}

  /**
   * Keeps a segment.
   *
   * @param after the last fact that the segments before cover
   * @param last the last fact that this one covers
   */
  static void keep(Connection connection, String study, long after, long last, Segment segment)
      throws SQLException {
    String persistenceId = PersistenceIds.of(study);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, persistenceId);
      insert.setLong(2, after);
      insert.setLong(3, last);
      insert.setBytes(4, Envelope.seal(persistenceId, last, segment.encode()));
      insert.executeUpdate();
    }
  }

  /** Drops the segments from a fact on. */
  static void drop(Connection connection, String study, long after) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DROP)) {
      delete.setString(1, PersistenceIds.of(study));
      delete.setLong(2, after);
      delete.executeUpdate();
    }
  }

  /**
   * Returns up to which fact there are segments, intact or not; 0 if there are none.
   *
   * @param facts how many facts there are: a segment of more does not count
   */
  static long reach(Connection connection, String study, long facts) throws SQLException {
    long reached = 0;
    try (PreparedStatement query = connection.prepareStatement(CHAIN)) {
      query.setString(1, PersistenceIds.of(study));
      try (ResultSet row = query.executeQuery()) {
        while (row.next() && row.getLong(1) == reached && row.getLong(2) <= facts) {
          reached = row.getLong(2);
        }
      }
    }
    return reached;
  }

  /**
   * Hands on the ends of trials, with their places, in their order.
   *
   * @param until the last fact that is wanted
   * @return up to which fact the segments that could be read reach, at most {@code until}
   */
  static long forEach(
      Connection connection, String study, long until, ObjLongConsumer<StudyEvent.TrialEnded> sink)
      throws SQLException {
    var texts = new HashMap<String, String>();
    long reached = 0;
    try (PreparedStatement query = connection.prepareStatement(ALL)) {
      query.setString(1, PersistenceIds.of(study));
      try (ResultSet row = query.executeQuery()) {
        while (reached < until && row.next() && row.getLong(1) == reached) {
          Segment segment = decode(study, row.getLong(2), row.getBytes(3), texts);
          if (segment == null) {
            return reached;
          }
          segment.ends().headMap(until, true).forEach((place, end) -> sink.accept(end, place));
          reached = row.getLong(2);
        }
      }
    }
    return Math.min(reached, until);
  }

  private static @Nullable Segment decode(
      String study, long last, byte @Nullable [] sealed, HashMap<String, String> texts) {
    try {
      if (sealed == null) {
        throw new DamageException("it has no bytes");
      }
      byte[] encoded = Envelope.open(PersistenceIds.of(study), last, sealed);
      return Segment.decode(study, encoded, texts);
    } catch (DamageException e) {
      log.warn(
          "Study '{}': its segment up to fact {} is passed over, since it cannot be read: {}.",
          study,
          last,
          e.getMessage());
      return null;
    }
  }
}
