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
 * The ledger {@code jdbc:postgresql://host:port/database}: studies of many machines in one
 * PostgreSQL database. User and password are in the URL, or in the environment variables {@code
 * PGUSER} and {@code PGPASSWORD}. A study has one writer, who holds a lock of the server; everybody
 * may read meanwhile. A server that is away for a while is waited for.
 */
public final class PostgresLedgerProvider implements LedgerProvider {

  /** Called by the service loader. */
  public PostgresLedgerProvider() {}

  @Override
  public String name() {
    return "jdbc:postgresql";
  }

  @Override
  public String description() {
    return "keeps studies in a PostgreSQL database: jdbc:postgresql://host:5432/database";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public boolean serves(String setting) {
    return setting.startsWith(PostgresStore.SCHEME);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The study is held from now until the behaviour, which has to be spawned, stops.
   */
  @Override
  public Behavior<LedgerActor.Command> open(String setting, String study, Path home) {
    return DurableLedger.open(PostgresStore.of(setting, System.getenv()), study);
  }

  @Override
  public LedgerReader reader(String setting, Path home) {
    return new StoreReader(PostgresStore.of(setting, System.getenv()));
  }

  @Override
  public RepairReport repair(String setting, String study, Path home) {
    return StoreReader.repair(PostgresStore.of(setting, System.getenv()), study);
  }

  @Override
  public Mailbox mailbox(String setting, Path home) {
    return new StoreMailbox(PostgresStore.of(setting, System.getenv()));
  }

  @Override
  public boolean hasMailbox() {
    return true;
  }

  @Override
  public void delete(String setting, String study, Path home) {
    Deletion.run(PostgresStore.of(setting, System.getenv()), study);
  }
}
