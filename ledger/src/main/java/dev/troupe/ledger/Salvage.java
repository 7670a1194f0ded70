package dev.troupe.ledger;

import dev.troupe.codec.DamageException;
import dev.troupe.study.StudyEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is left of a study in a damaged database: asks for each row on its own, trusts no
 * index, and takes an event only where its checksum fits its place. Not thread safe.
 */
final class Salvage {

  /** Turns the bytes of a row into an event, or throws {@link DamageException}. */
  @FunctionalInterface
  interface Decoder {
    StudyEvent decode(long sequenceNumber, byte @Nullable [] sealed);
  }

  /** No row is smaller, so that a damaged row number cannot make the search endless. */
  static final int SMALLEST_ROW = 32;

  private final Store store;
  private final Connection connection;
  private final String persistenceId;
  private final long from;
  private final Decoder decoder;
  private final TreeMap<Long, StudyEvent> found = new TreeMap<>();
  private final List<String> damages = new ArrayList<>();
  private long unreadableFrom;
  private String unreadableWhy = "";

  /**
   * @param from the first event that is not known yet
   */
  Salvage(Store store, Connection connection, String persistenceId, long from, Decoder decoder) {
    this.store = store;
    this.connection = connection;
    this.persistenceId = persistenceId;
    this.from = from;
    this.decoder = decoder;
  }

  /**
   * Hands on what there is from the first unknown event on, in order.
   *
   * @param trouble why the search began
   * @param acknowledged how many events were acknowledged, at least
   * @throws SQLException if the connection is lost
   */
  EventScan.Result run(String trouble, long acknowledged, ObjLongConsumer<StudyEvent> sink)
      throws SQLException {
    damages.add("tables event_journal and study_head: " + trouble);
    long rows = lastRow();
    try (PreparedStatement query = store.rowQuery(connection, persistenceId)) {
      for (long row = 1; row <= rows; row++) {
        read(query, row);
      }
    } catch (SQLException e) {
      requireConnection(e);
      damages.add("table event_journal: " + e.getMessage());
    }
    endUnreadable(rows);
    List<Integer> gaps = findGaps(acknowledged);
    found.forEach((place, event) -> sink.accept(event, place));
    return new EventScan.Result(
        found.isEmpty() ? from - 1 : found.lastKey(), List.copyOf(damages), gaps);
  }

  private void requireConnection(SQLException failure) throws SQLException {
    if (store.isPassing(failure)) {
      throw failure; // it says nothing about the rows
    }
  }

  private void read(PreparedStatement query, long row) throws SQLException {
    try {
      query.setLong(1, row);
      try (ResultSet result = query.executeQuery()) {
        endUnreadable(row - 1);
        if (result.next() && persistenceId.equals(result.getString(1))) {
          take(row, result.getLong(2), result.getBytes(3));
        }
      }
    } catch (SQLException e) {
      requireConnection(e);
      String why = String.valueOf(e.getMessage());
      if (unreadableFrom > 0 && !why.equals(unreadableWhy)) {
        endUnreadable(row - 1);
      }
      if (unreadableFrom == 0) {
        unreadableFrom = row;
        unreadableWhy = why;
      }
    }
  }

  private void take(long row, long sequenceNumber, byte @Nullable [] sealed) {
    if (sequenceNumber >= 1 && sequenceNumber < from) {
      return;
    }
    try {
      found.putIfAbsent(sequenceNumber, decoder.decode(sequenceNumber, sealed));
    } catch (DamageException e) {
      damages.add(
          "table event_journal, row %d, event %d: %s"
              .formatted(row, sequenceNumber, e.getMessage()));
    }
  }

  private void endUnreadable(long to) {
    if (unreadableFrom > 0) {
      damages.add(
          "table event_journal, rows %d to %d: %s".formatted(unreadableFrom, to, unreadableWhy));
      unreadableFrom = 0;
    }
  }

  private List<Integer> findGaps(long acknowledged) {
    var gaps = new ArrayList<Integer>();
    long expected = from;
    int index = Math.toIntExact(from - 1);
    for (Map.Entry<Long, StudyEvent> entry : found.entrySet()) {
      findGap(expected, entry.getKey() - 1, index, gaps);
      expected = entry.getKey() + 1;
      index++;
    }
    findGap(expected, Math.max(acknowledged, recordedEvents()), index, gaps);
    return gaps;
  }

  private void findGap(long first, long last, int index, List<Integer> gaps) {
    if (first <= last) {
      damages.add("table event_journal: events %d to %d are lost".formatted(first, last));
      gaps.add(index);
    }
  }

  /** Returns how many events there should be, or 0 if that cannot be read. */
  private long recordedEvents() {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT events FROM study_head WHERE persistence_id = ?")) {
      query.setString(1, persistenceId);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException e) {
      damages.add("table study_head: " + e.getMessage());
      return 0;
    }
  }

  private long lastRow() {
    long last = 0;
    for (String query : store.lastRowQueries()) {
      last = Math.max(last, number(query));
    }
    return Math.min(last, number(store.sizeQuery()) / SMALLEST_ROW);
  }

  private long number(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      damages.add("'%s' fails: %s".formatted(sql, e.getMessage()));
      return 0;
    }
  }
}
