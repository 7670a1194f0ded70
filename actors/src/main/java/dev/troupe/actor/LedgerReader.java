package dev.troupe.actor;

import dev.troupe.study.StudyEvent;
import java.util.List;
import java.util.function.Consumer;

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

  /**
   * Hands on what is recorded of a study, one fact after the other, as it is at one moment; nothing
   * if there is no such study. It need not fit in memory.
   *
   * @param consumer gets the facts in their order, on the thread of the caller
   * @return what could not be read, and where; empty if all is intact
   * @throws IllegalStateException if the store cannot be read at all
   */
  default List<String> read(String study, Consumer<StudyEvent> consumer) {
    Recorded recorded = read(study);
    recorded.events().forEach(consumer);
    return recorded.damages();
  }

  /** Lets go of the store. */
  @Override
  void close();
}
