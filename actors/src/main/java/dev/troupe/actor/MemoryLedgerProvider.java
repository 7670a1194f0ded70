package dev.troupe.actor;

import akka.actor.typed.Behavior;
import dev.troupe.settings.Option;
import java.nio.file.Path;
import java.util.List;

/** The ledger {@code memory}: nothing outlives the process. */
public final class MemoryLedgerProvider implements LedgerProvider {

  /** Called by the service loader. */
  public MemoryLedgerProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String description() {
    return "keeps a study in memory for as long as it runs";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public boolean serves(String setting) {
    return setting.equals(name());
  }

  @Override
  public Behavior<LedgerActor.Command> open(String setting, String study, Path home) {
    return LedgerActor.inMemory();
  }

  @Override
  public LedgerReader reader(String setting, Path home) {
    throw new IllegalArgumentException(
        "ledger = memory keeps nothing when a study has ended. Maybe ledger = file.");
  }
}
