package dev.troupe.ledger;

import dev.troupe.actor.LedgerReader;
import dev.troupe.study.StudyEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
    List<String> damages = read(study, events::add);
    return new Recorded(events, damages);
  }

  @Override
  public List<String> read(String study, Consumer<StudyEvent> consumer) {
    return EventScan.run(database, study, consumer).damages().stream()
        .map(damage -> database.file() + ", " + damage)
        .toList();
  }

  /** Nothing is open between calls. */
  @Override
  public void close() {}
}
