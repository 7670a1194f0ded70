package dev.troupe.ledger;

import akka.actor.typed.Behavior;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.LedgerReader;
import dev.troupe.settings.Option;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * The ledger {@code file}: all studies of a home folder in one SQLite database, {@code troupe.db}.
 * An append is answered when it is on the disk. A study has one writer, whom a lock file names;
 * different studies may be written by different processes at the same time, and everybody may read
 * meanwhile.
 */
public final class FileLedgerProvider implements LedgerProvider {

  private static final String LOCKS = "locks";

  /** Called by the service loader. */
  public FileLedgerProvider() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public String description() {
    return "keeps studies on the disk, in one database in the home folder";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public boolean serves(String setting) {
    return setting.equals(name());
  }

  /**
   * {@inheritDoc}
   *
   * <p>The study is held from now until the behaviour, which has to be spawned, stops.
   */
  @Override
  public Behavior<LedgerActor.Command> open(String setting, String study, Path home) {
    Database database = Database.in(home);
    try {
      StudyLock lock = StudyLock.acquire(home.resolve(LOCKS), study);
      try {
        database.create();
        return DurableLedger.create(study, database, database.identity(), lock);
      } catch (IOException | SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(
          "Study '%s': its ledger %s cannot be opened: %s. Maybe choose another home folder, or ledger = memory."
              .formatted(study, database.file(), e.getMessage()),
          e);
    }
  }

  @Override
  public LedgerReader reader(String setting, Path home) {
    Database database = Database.in(home);
    if (!database.exists()) {
      throw new IllegalArgumentException(
          "There is no ledger %s. Maybe name the home folder of the study with --home."
              .formatted(database.file()));
    }
    return new FileLedgerReader(database);
  }
}
