package dev.troupe.ledger;

import akka.actor.typed.Behavior;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.LedgerReader;
import dev.troupe.actor.Mailbox;
import dev.troupe.actor.RepairReport;
import dev.troupe.settings.Option;
import java.nio.file.Path;
import java.util.List;

/**
 * The ledger {@code file}: all studies of a home folder in one SQLite database, {@code troupe.db}.
 * An append is answered when it is on the disk. A study has one writer, whom a lock file names;
 * different studies may be written by different processes at the same time, and everybody may read
 * meanwhile.
 */
public final class FileLedgerProvider implements LedgerProvider {

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
    return DurableLedger.open(SqliteStore.in(home), study);
  }

  @Override
  public LedgerReader reader(String setting, Path home) {
    return new StoreReader(existing(home));
  }

  @Override
  public RepairReport repair(String setting, String study, Path home) {
    return StoreReader.repair(existing(home), study);
  }

  private static SqliteStore existing(Path home) {
    SqliteStore store = SqliteStore.in(home);
    if (!store.exists()) {
      throw new IllegalArgumentException(
          "There is no ledger %s. Maybe name the home folder of the study with --home. A study on the virtual clock is kept only with ledger = file."
              .formatted(store.place()));
    }
    return store;
  }

  @Override
  public Mailbox mailbox(String setting, Path home) {
    return new StoreMailbox(SqliteStore.in(home));
  }

  @Override
  public boolean hasMailbox() {
    return true;
  }

  @Override
  public void delete(String setting, String study, Path home) {
    Deletion.run(SqliteStore.in(home), study);
  }
}
