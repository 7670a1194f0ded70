package dev.troupe.actor;

import akka.actor.typed.Behavior;
import dev.troupe.settings.Provider;
import java.nio.file.Path;

/**
 * Makes ledgers of a kind that study files know by name, found through {@link
 * java.util.ServiceLoader}. Thread safe.
 */
public interface LedgerProvider extends Provider {

  /** Returns whether {@code ledger = setting} means this kind: its name, or a URL of its scheme. */
  boolean serves(String setting);

  /**
   * Returns the behaviour of the ledger of one study.
   *
   * @param setting the text after {@code ledger =}
   * @param study the name of the study
   * @param home the folder in which Troupe keeps what lasts
   * @throws IllegalArgumentException if the setting is wrong
   * @throws IllegalStateException if another process holds the study, whom the message names, or
   *     the store cannot be written
   */
  Behavior<LedgerActor.Command> open(String setting, String study, Path home);

  /**
   * Opens a store for reading.
   *
   * @param setting the text after {@code ledger =}
   * @param home the folder in which Troupe keeps what lasts
   * @throws IllegalArgumentException if this kind keeps nothing that could be read later, or there
   *     is no store
   */
  LedgerReader reader(String setting, Path home);

  /**
   * Opens what other processes ask of studies, and where they ask.
   *
   * @param setting the text after {@code ledger =}
   * @param home the folder in which Troupe keeps what lasts
   * @throws IllegalArgumentException if this kind has nothing of the sort
   * @throws IllegalStateException if it cannot be opened
   */
  default Mailbox mailbox(String setting, Path home) {
    throw new IllegalArgumentException(
        "ledger = %s takes no requests of other processes. Maybe ledger = file.".formatted(name()));
  }

  /** Returns whether {@link #mailbox} works. */
  default boolean hasMailbox() {
    return false;
  }

  /**
   * Deletes all that is kept of a study.
   *
   * @param setting the text after {@code ledger =}
   * @param study the name of the study
   * @param home the folder in which Troupe keeps what lasts
   * @throws IllegalArgumentException if this kind cannot
   * @throws IllegalStateException if somebody holds the study, whom the message names, or the store
   *     cannot be written
   */
  default void delete(String setting, String study, Path home) {
    throw new IllegalArgumentException(
        "ledger = %s deletes nothing. Maybe ledger = file.".formatted(name()));
  }

  /**
   * Puts the damaged record of a study in order, so that the study can go on: what can be read
   * stays, and trials of which something is missing have failed. What was damaged is kept aside.
   *
   * @param setting the text after {@code ledger =}
   * @param study the name of the study
   * @param home the folder in which Troupe keeps what lasts
   * @throws IllegalArgumentException if this kind keeps nothing, there is no store, or the
   *     beginning of the study is lost
   * @throws IllegalStateException if somebody writes the study, whom the message names, or the
   *     store cannot be read or written
   */
  default RepairReport repair(String setting, String study, Path home) {
    throw new IllegalArgumentException(
        "ledger = %s has nothing to repair. Maybe ledger = file.".formatted(name()));
  }
}
