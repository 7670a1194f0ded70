package dev.troupe.ledger;

import dev.troupe.codec.DamageException;
import dev.troupe.codec.Envelope;
import dev.troupe.codec.EventCodec;
import dev.troupe.study.StudyEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one study in one go, as they were at one moment, and hands them on one by
 * one. Where the way through the index meets anything that is not as it should be, {@link Salvage}
 * goes on.
 */
final class EventScan {

  /**
   * What a scan found besides the events.
   *
   * @param last the sequence number of the last event that was there
   * @param damages what could not be read, and where; empty if all is intact
   * @param gaps in front of which of the events handed on others are missing, by index; the number
   *     of events handed on for a missing end
   */
  record Result(long last, List<String> damages, List<Integer> gaps) {}

  private static final String HEAD = "SELECT events FROM study_head WHERE persistence_id = ?";
  private static final String EVENTS =
      """
      SELECT sequence_number, event_payload FROM event_journal
      WHERE persistence_id = ? AND sequence_number BETWEEN ? AND ? ORDER BY sequence_number
      """;

  /** How many rows a server may send at once: a million events need not fit into memory. */
  static final int FETCH_ROWS = 1000;

  private final Store store;
  private final String study;
  private final String persistenceId;
  private final ObjLongConsumer<StudyEvent> sink;
  private final Map<String, String> texts = new HashMap<>();
  private final long until;
  private long next;

  private EventScan(
      Store store, String study, long from, long until, ObjLongConsumer<StudyEvent> sink) {
    this.store = store;
    this.study = study;
    this.next = from;
    this.until = until;
    this.sink = sink;
    persistenceId = PersistenceIds.of(study);
  }

  /**
   * Hands on the events in their order.
   *
   * @param from the number of the first event that is wanted, from 1
   * @param until the number of the last event that is wanted; those after it may come, too, where
   *     there is damage
   * @param sink gets events and their numbers
   * @throws IllegalStateException if the database cannot be read at all
   */
  static Result run(
      Store store, String study, long from, long until, ObjLongConsumer<StudyEvent> sink) {
    try (Connection connection = store.read()) {
      return new EventScan(store, study, from, until, sink).run(connection);
    } catch (SQLException e) {
      throw unreadable(store, e);
    }
  }

  static IllegalStateException unreadable(Store store, SQLException cause) {
    return new IllegalStateException(
        "The ledger %s cannot be read: %s. %s"
            .formatted(store.place(), cause.getMessage(), store.readingRemedy()),
        cause);
  }

  private Result run(Connection connection) throws SQLException {
    long acknowledged = Math.min(store.acknowledged(connection, study), until);
    String trouble = readInOrder(connection);
    if (trouble == null && acknowledged < next) {
      return new Result(next - 1, List.of(), List.of());
    }
    store.expectFailures(connection);
    var salvage = new Salvage(store, connection, persistenceId, next, this::decode);
    return salvage.run(
        trouble == null
            ? "%d events were acknowledged, but there are %d".formatted(acknowledged, next - 1)
            : trouble,
        acknowledged,
        sink);
  }

  /**
   * Returns what was not as it should be, or null.
   *
   * @throws SQLException if that says nothing about the events: a lost connection
   */
  private @Nullable String readInOrder(Connection connection) throws SQLException {
    try {
      long expected = Math.min(head(connection), until);
      try (PreparedStatement query = connection.prepareStatement(EVENTS)) {
        query.setString(1, persistenceId);
        query.setLong(2, next);
        query.setLong(3, until);
        query.setFetchSize(FETCH_ROWS);
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            if (row.getLong(1) != next) {
              return "event %d is followed by event %d".formatted(next - 1, row.getLong(1));
            }
            sink.accept(decode(next, row.getBytes(2)), next);
            next++;
          }
        }
      }
      return expected == next - 1
          ? null
          : "table study_head says %d events, but there are %d".formatted(expected, next - 1);
    } catch (SQLException e) {
      if (store.isPassing(e)) {
        throw e;
      }
      return "event %d: %s".formatted(next, e.getMessage());
    } catch (DamageException e) {
      return "event %d: %s".formatted(next, e.getMessage());
    }
  }

  private long head(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HEAD)) {
      query.setString(1, persistenceId);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private StudyEvent decode(long sequenceNumber, byte @Nullable [] sealed) {
    if (sealed == null) {
      throw new DamageException("it has no bytes");
    }
    return EventCodec.decode(study, Envelope.open(persistenceId, sequenceNumber, sealed), texts);
  }
}
