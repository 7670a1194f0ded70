package dev.troupe.ledger;

import dev.troupe.actor.RecordRepair;
import dev.troupe.actor.RepairReport;
import dev.troupe.codec.DamageException;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Repairs a study in a file: writes a new database with the study's repaired record and with all
 * rows of the other studies that can be read, damaged or not, and puts it in the place of the old
 * one, of which a copy stays. A damaged file is not written to: what is wrong in it would spread.
 * So nobody may write any study of the home meanwhile.
 */
final class SqliteRepair {

  private static final String COLUMNS =
      "ordering, deleted, persistence_id, sequence_number, writer, write_timestamp,"
          + " adapter_manifest, event_payload, event_ser_id, event_ser_manifest, meta_payload,"
          + " meta_ser_id, meta_ser_manifest";
  private static final int COLUMN_COUNT = 13;
  private static final String ROW = "SELECT " + COLUMNS + " FROM event_journal WHERE ordering = ?";
  private static final String COPY =
      "INSERT OR IGNORE INTO event_journal (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)";

  private final SqliteStore store;
  private final String study;

  private SqliteRepair(SqliteStore store, String study) {
    this.store = store;
    this.study = study;
  }

  static RepairReport run(SqliteStore store, String study) throws IOException, SQLException {
    return new SqliteRepair(store, study).run();
  }

  private RepairReport run() throws IOException, SQLException {
    var locks = new ArrayList<StudyLock>();
    try {
      Set<String> names = new LinkedHashSet<>(List.of(study));
      names.addAll(new StoreReader(store).studies());
      for (String name : names) {
        locks.add(StudyLock.acquire(store.locks(), name));
      }
      return repair();
    } finally {
      for (StudyLock lock : locks) {
        lock.close();
      }
    }
  }

  private RepairReport repair() throws IOException, SQLException {
    var left = new ArrayList<StudyEvent>();
    EventScan.Result scan =
        EventScan.run(store, study, 1, Long.MAX_VALUE, (event, place) -> left.add(event));
    if (scan.damages().isEmpty()) {
      return new RepairReport(List.of(), List.of(), null);
    }
    RecordRepair repaired = RecordRepair.of(study, left, scan.gaps(), Instant.now());
    Path fresh = store.file().resolveSibling(store.file().getFileName() + ".repaired");
    Files.deleteIfExists(fresh);
    try (Connection from = store.read();
        Connection to = new SqliteStore(fresh).createPlain()) {
      to.setAutoCommit(false);
      Map<String, long[]> heads = heads(from);
      copyOthers(from, to);
      RepairedRows.insert(to, study, repaired.events());
      setHeads(to, heads);
      to.commit();
    }
    return new RepairReport(scan.damages(), repaired.damaged(), replaceBy(fresh).toString());
  }

  /** Returns beginning and number of events of each study, as far as they can be read. */
  private static Map<String, long[]> heads(Connection from) {
    var heads = new LinkedHashMap<String, long[]>();
    try (Statement statement = from.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT persistence_id, begun, events FROM study_head")) {
      while (row.next()) {
        heads.put(row.getString(1), new long[] {row.getLong(2), row.getLong(3)});
      }
    } catch (SQLException e) {
      return heads; // the rows tell how many there are, at least
    }
    return heads;
  }

  private void copyOthers(Connection from, Connection to) throws SQLException {
    long rows = lastRow(from);
    try (PreparedStatement query = from.prepareStatement(ROW);
        PreparedStatement insert = to.prepareStatement(COPY)) {
      for (long row = 1; row <= rows; row++) {
        query.setLong(1, row);
        copy(query, insert);
      }
    }
  }

  private void copy(PreparedStatement query, PreparedStatement insert) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      if (!row.next() || PersistenceIds.of(study).equals(row.getString(3))) {
        return;
      }
      for (int column = 1; column <= COLUMN_COUNT; column++) {
        insert.setObject(column, row.getObject(column));
      }
    } catch (SQLException | DamageException e) {
      return; // it stays in the copy of the old file, and its study misses an event
    }
    insert.executeUpdate();
  }

  private long lastRow(Connection from) {
    long last = 0;
    for (String query : store.lastRowQueries()) {
      last = Math.max(last, number(from, query));
    }
    return Math.min(last, number(from, store.sizeQuery()) / Salvage.SMALLEST_ROW);
  }

  private static long number(Connection from, String sql) {
    try (Statement statement = from.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      return 0; // reading the study has reported it
    }
  }

  /** Other studies miss in the new file what they missed in the old one. */
  private void setHeads(Connection to, Map<String, long[]> heads) throws SQLException {
    try (PreparedStatement update =
        to.prepareStatement(
            """
            UPDATE study_head SET begun = ?, events = MAX(events, ?) WHERE persistence_id = ?
            """)) {
      for (Map.Entry<String, long[]> head : heads.entrySet()) {
        boolean repaired = head.getKey().equals(PersistenceIds.of(study));
        update.setLong(1, head.getValue()[0]);
        update.setLong(2, repaired ? 0 : head.getValue()[1]);
        update.setString(3, head.getKey());
        update.executeUpdate();
      }
    }
  }

  /** Returns where the old file lies now. */
  private Path replaceBy(Path fresh) throws IOException {
    Path aside = copyAside(store.file());
    Path log = store.writeAheadLog();
    if (Files.exists(log)) {
      copyAside(log);
      Files.delete(log); // it would be taken for that of the new file
    }
    Files.deleteIfExists(log.resolveSibling(store.file().getFileName() + "-shm"));
    force(fresh);
    Files.move(fresh, store.file(), StandardCopyOption.ATOMIC_MOVE);
    return aside;
  }

  private static Path copyAside(Path file) throws IOException {
    Path aside = Aside.name(file);
    Files.copy(file, aside);
    force(aside);
    return aside;
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
