package dev.troupe.ledger;

import dev.troupe.actor.LedgerReader;
import dev.troupe.actor.RepairReport;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the studies of a store. Each call opens it and lets go of it again. */
final class StoreReader implements LedgerReader {

  private final Store store;

  StoreReader(Store store) {
    this.store = store;
  }

  /** Repairs a study, as {@link dev.troupe.actor.LedgerProvider#repair} says. */
  static RepairReport repair(Store store, String study) {
    try {
      RepairReport report = store.repair(study);
      return new RepairReport(
          report.damages().stream().map(damage -> store.place() + ", " + damage).toList(),
          report.failed(),
          report.aside());
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(
          "Study '%s': %s cannot be repaired: %s. %s"
              .formatted(study, store.place(), e.getMessage(), store.readingRemedy()),
          e);
    }
  }

  @Override
  public List<String> studies() {
    try (Connection connection = store.read()) {
      return StudyNames.read(store, connection);
    } catch (SQLException e) {
      throw EventScan.unreadable(store, e);
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
    return EventScan.run(store, study, 1, Long.MAX_VALUE, (event, place) -> consumer.accept(event))
        .damages()
        .stream()
        .map(damage -> store.place() + ", " + damage)
        .toList();
  }

  /** Nothing is open between calls. */
  @Override
  public void close() {}
}
