package dev.troupe.ledger;

import dev.troupe.actor.Mailbox;
import dev.troupe.codec.DamageException;
import dev.troupe.codec.Envelope;
import dev.troupe.codec.EventCodec;
import dev.troupe.study.StudyEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other processes ask of studies, a row for each request: the same in every database. A
 * request is written as the fact that it will become, in hexadecimal digits and under a checksum.
 */
final class ControlTable {

  /** What leads to the version of the schema that has it. */
  static final List<String> CREATION =
      List.of(
          """
          CREATE TABLE control (
            persistence_id TEXT NOT NULL,
            number BIGINT NOT NULL,
            sent_at BIGINT NOT NULL,
            request TEXT NOT NULL,
            answer TEXT,
            UNIQUE (persistence_id, number))
          """);

  private static final Logger log = LoggerFactory.getLogger(ControlTable.class);

  private static final String LAST =
      "SELECT COALESCE(MAX(number), 0) FROM control WHERE persistence_id = ?";
  private static final String INSERT =
      "INSERT INTO control (persistence_id, number, sent_at, request) VALUES (?, ?, ?, ?)";
  private static final String OPEN =
      """
      SELECT number, request FROM control
      WHERE persistence_id = ? AND answer IS NULL ORDER BY number
      """;
  private static final String ANSWER =
      "UPDATE control SET answer = ? WHERE persistence_id = ? AND number = ?";
  private static final String ANSWERED =
      "SELECT answer FROM control WHERE persistence_id = ? AND number = ?";
  private static final String DELETE = "DELETE FROM control WHERE persistence_id = ?";

  private ControlTable() {}

  /**
   * Adds a request.
   *
   * @return its number
   * @throws SQLException also if somebody else has taken the number meanwhile
   */
  static long post(Connection connection, StudyEvent.StudyInstructed request) throws SQLException {
    String persistenceId = PersistenceIds.of(request.study());
    long number;
    try (PreparedStatement last = connection.prepareStatement(LAST)) {
      last.setString(1, persistenceId);
      try (ResultSet row = last.executeQuery()) {
        number = row.next() ? row.getLong(1) + 1 : 1;
      }
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, persistenceId);
      insert.setLong(2, number);
      insert.setLong(3, request.at().toEpochMilli());
      insert.setString(
          4,
          HexFormat.of()
              .formatHex(Envelope.seal(persistenceId, number, EventCodec.encode(request))));
      insert.executeUpdate();
    }
    return number;
  }

  /** Returns the requests without an answer; those that cannot be read are left out. */
  static List<Mailbox.Request> open(Connection connection, String study) throws SQLException {
    String persistenceId = PersistenceIds.of(study);
    var requests = new ArrayList<Mailbox.Request>();
    try (PreparedStatement query = connection.prepareStatement(OPEN)) {
      query.setString(1, persistenceId);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          long number = row.getLong(1);
          try {
            requests.add(decode(study, persistenceId, number, row.getString(2)));
          } catch (DamageException | IllegalArgumentException e) {
            log.debug("Request {} to study '{}' is damaged: {}", number, study, e.getMessage());
          }
        }
      }
    }
    return requests;
  }

  private static Mailbox.Request decode(
      String study, String persistenceId, long number, @Nullable String digits) {
    byte[] sealed = HexFormat.of().parseHex(String.valueOf(digits));
    byte[] encoded = Envelope.open(persistenceId, number, sealed);
    if (EventCodec.decode(study, encoded, new HashMap<>())
        instanceof StudyEvent.StudyInstructed asked) {
      return new Mailbox.Request(number, asked.instruction(), asked.by());
    }
    throw new DamageException("it is no request");
  }

  static void answer(Connection connection, String study, long number, String answer)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ANSWER)) {
      update.setString(1, answer);
      update.setString(2, PersistenceIds.of(study));
      update.setLong(3, number);
      update.executeUpdate();
    }
  }

  static @Nullable String answer(Connection connection, String study, long number)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ANSWERED)) {
      query.setString(1, PersistenceIds.of(study));
      query.setLong(2, number);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  static void delete(Connection connection, String persistenceId) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, persistenceId);
      delete.executeUpdate();
    }
  }
}
