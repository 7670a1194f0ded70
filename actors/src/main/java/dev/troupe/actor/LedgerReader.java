package dev.troupe.actor;

import dev.troupe.study.StudyEvent;
import java.util.List;

/** Reads what a ledger keeps, also while a study writes to it. Thread safe. */
public interface LedgerReader extends AutoCloseable {

  /**
   * What is recorded of a study.
   *
   * @param events in order; unmodifiable
   * @param damages what could not be read, and where; empty if all is intact
   */
  record Recorded(List<StudyEvent> events, List<String> damages) {

    /** Copies the lists. */
    public Recorded {
      events = List.copyOf(events);
      damages = List.copyOf(damages);
    }
  }

  /** Returns the names of the studies that are kept, in the order of their beginning. */
  List<String> studies();

  /**
   * Returns what is recorded of a study; nothing if there is no such study.
   *
   * @throws IllegalStateException if the store cannot be read at all
   */
  Recorded read(String study);

  /** Lets go of the store. */
  @Override
  void close();
}
