package dev.troupe;

import dev.troupe.actor.LedgerReader;
import dev.troupe.settings.Nearest;
import java.util.List;

/**
 * The studies that a durable ledger keeps, for reading; those that run as far as they are by then.
 * Thread safe.
 */
public final class KeptStudies implements AutoCloseable {

  private final LedgerReader reader;

  KeptStudies(LedgerReader reader) {
    this.reader = reader;
  }

  /** Returns their names, in the order of their beginning. */
  public List<String> names() {
    return reader.studies();
  }

  /**
   * Returns what is on record of a study.
   *
   * @throws IllegalArgumentException if there is none of this name, with the nearest name
   * @throws IllegalStateException if the store cannot be read at all
   */
  public KeptStudy study(String name) {
    LedgerReader.Recorded recorded = reader.read(name);
    if (recorded.events().isEmpty() && recorded.damages().isEmpty()) {
      List<String> names = names();
      throw new IllegalArgumentException(
          "Study '%s' is not on record. %s"
              .formatted(name, names.isEmpty() ? "There is none yet." : Nearest.hint(name, names)));
    }
    return KeptStudy.of(name, recorded);
  }

  /** Lets go of the store. */
  @Override
  public void close() {
    reader.close();
  }
}
