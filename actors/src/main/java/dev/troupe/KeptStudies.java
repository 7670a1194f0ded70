package dev.troupe;

import dev.troupe.actor.LedgerReader;
import dev.troupe.settings.Nearest;
import dev.troupe.study.StudyEvent;
import java.util.List;
import java.util.function.Consumer;

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
    return KeptStudy.of(name, recorded(name));
  }

  /**
   * Returns what is on record of a study, without its trials.
   *
   * @throws IllegalArgumentException if there is none of this name, with the nearest name
   * @throws IllegalStateException if the store cannot be read at all
   */
  public KeptSummary summary(String name) {
    return forEachTrial(name, trial -> {});
  }

  /**
   * Hands on the trials of a study, each when all of it has been read, so that they need not fit in
   * memory: in the order of their numbers, but for those that outlast 10,000 later ones.
   *
   * @return the rest of what is on record
   * @throws IllegalArgumentException if there is none of this name, with the nearest name
   * @throws IllegalStateException if the store cannot be read at all
   */
  public KeptSummary forEachTrial(String name, Consumer<KeptTrial> consumer) {
    return read(new KeptReading(name, Long.MAX_VALUE, consumer), name);
  }

  /**
   * Hands on the trials of a study once more, as they were when {@code before} was read: what was
   * recorded since then is left out.
   *
   * @throws IllegalStateException if the store cannot be read at all
   */
  public KeptSummary forEachTrial(KeptSummary before, Consumer<KeptTrial> consumer) {
    return read(new KeptReading(before.name(), before.facts(), consumer), before.name());
  }

  private KeptSummary read(KeptReading reading, String name) {
    KeptSummary summary = reading.finish(reader.read(name, reading));
    if (summary.facts() == 0 && summary.damages().isEmpty()) {
      throw unknown(name);
    }
    return summary;
  }

  /** Returns all facts of a study that is intact. */
  List<StudyEvent> intactFacts(String name) {
    LedgerReader.Recorded recorded = recorded(name);
    if (!recorded.damages().isEmpty()) {
      throw new IllegalArgumentException(
          "Study '%s' must be intact for this, but it is damaged: %s. Maybe look at what is left: troupe trials."
              .formatted(name, recorded.damages().get(0)));
    }
    return recorded.events();
  }

  private LedgerReader.Recorded recorded(String name) {
    LedgerReader.Recorded recorded = reader.read(name);
    if (recorded.events().isEmpty() && recorded.damages().isEmpty()) {
      throw unknown(name);
    }
    return recorded;
  }

  /**
   * Requires that a study is on record.
   *
   * @throws IllegalArgumentException if it is not, with the nearest name
   */
  void requireKept(String name) {
    if (!names().contains(name)) {
      throw unknown(name);
    }
  }

  private IllegalArgumentException unknown(String name) {
    List<String> names = names();
    return new IllegalArgumentException(
        "Study '%s' is not on record. %s"
            .formatted(name, names.isEmpty() ? "There is none yet." : Nearest.hint(name, names)));
  }

  /** Lets go of the store. */
  @Override
  public void close() {
    reader.close();
  }
}
