package dev.troupe.benchmarks;

import dev.troupe.actor.LedgerProvider;
import java.util.ServiceLoader;

/** The ledgers on the class path. */
final class Ledgers {

  private Ledgers() {}

  /**
   * Returns the kind of ledger that a setting means, as {@code file} or a JDBC URL.
   *
   * @throws IllegalArgumentException if there is none
   */
  static LedgerProvider find(String setting) {
    for (LedgerProvider provider : ServiceLoader.load(LedgerProvider.class)) {
      if (provider.serves(setting)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "No ledger on the class path serves '%s'. Maybe 'file'.".formatted(setting));
  }
}
