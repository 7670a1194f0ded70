package dev.troupe.ledger;

import dev.troupe.actor.LedgerReader;
import dev.troupe.study.StudyEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the studies of a home folder. Each call opens the database and lets go of it again. */
final class FileLedgerReader implements LedgerReader {

  private final Database database;

  FileLedgerReader(Database database) {
    this.database = database;
  }

  @Override
  public List<String> studies() {
    try (Connection connection = database.read()) {
      connection.setAutoCommit(false);
      return StudyNames.read(connection);
    } catch (SQLException e) {
      throw EventScan.unreadable(database, e);
    }
  }

  @Override
  public Recorded read(String study) {
    var events = new ArrayList<StudyEvent>();
    List<String> damages = EventScan.run(database, study, events::add).damages();
    return new Recorded(
        events, damages.stream().map(damage -> database.file() + ", " + damage).toList());
  }

  /** Nothing is open between calls. */
  @Override
  public void close() {}
}
