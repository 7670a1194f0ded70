package dev.troupe.ledger;

import dev.troupe.actor.StudySnapshot;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What spares going through all facts of a study: snapshots, and the ends of its trials in
 * segments. It says nothing that the facts do not say, so that whatever goes wrong with it costs
 * time only: then it is done without.
 *
 * <p>Follows the facts as they are kept; one that leaves a gap ends the segments until the study is
 * opened again. Not thread safe, but for what is read later.
 */
final class Archive {

  private static final Logger log = LoggerFactory.getLogger(Archive.class);

  /** How many trials a segment has. */
  static final int SEGMENT_TRIALS = 10_000;

  private final Store store;
  private final String study;
  private final int segmentTrials;
  private TreeMap<Long, StudyEvent.TrialEnded> ends = new TreeMap<>();

  /** Up to which fact there are segments. */
  private long covered;

  /** The fact that was taken last. */
  private long last;

  private boolean writing = true;

  Archive(Store store, String study) {
    this(store, study, SEGMENT_TRIALS);
  }

  Archive(Store store, String study, int segmentTrials) {
    this.store = store;
    this.study = study;
    this.segmentTrials = segmentTrials;
  }

  /**
   * Begins to follow a study.
   *
   * @param facts how many facts there are
   * @return the newest snapshot, or null if there is none
   */
  @Nullable StudySnapshot open(long facts) {
    ends = new TreeMap<>();
    writing = true;
    covered = 0;
    try (Connection connection = store.read()) {
      covered = SegmentTable.reach(connection, study, facts);
      return SnapshotTable.newest(connection, study, facts);
    } catch (SQLException e) {
      doWithout("read", e);
      return null;
    } finally {
      last = covered;
    }
  }

  /** Returns the first fact that has to be taken, after {@link #open}. */
  long next() {
    return covered + 1;
  }

  /** A fact is kept. */
  void take(long place, StudyEvent event) {
    if (place != last + 1) {
      writing &= place <= last;
      return;
    }
    last = place;
    if (writing && event instanceof StudyEvent.TrialEnded end && isFinal(end.trial())) {
      ends.put(place, end);
      if (ends.size() == segmentTrials) {
        keepSegment(place);
      }
    }
  }

  /** What the study's end stopped may go on. */
  private static boolean isFinal(EndedTrial trial) {
    return !(trial.outcome() instanceof Outcome.Stopped);
  }

  private void keepSegment(long place) {
    try (Connection connection = store.write()) {
      SegmentTable.drop(connection, study, covered); // of a record that was longer once
      SegmentTable.keep(connection, study, covered, place, new Segment(ends));
      covered = place;
      ends = new TreeMap<>();
    } catch (IOException | SQLException e) {
      doWithout("written", e);
    }
  }

  /** Keeps a snapshot. */
  void keep(StudySnapshot snapshot) {
    try (Connection connection = store.write()) {
      SnapshotTable.keep(connection, study, snapshot);
    } catch (IOException | SQLException e) {
      doWithout("written", e);
    }
  }

  private void doWithout(String what, Exception cause) {
    writing = false;
    log.warn(
        "Study '{}': what spares going through all its facts cannot be {} ({}), so that taking it up"
            + " takes longer.",
        study,
        what,
        cause.getMessage());
  }

  /**
   * Hands on the trials that ended for good up to a fact, in the order of their ends. May be called
   * by any thread, at any time.
   *
   * @throws IllegalStateException if not all of them can be read
   */
  static void forEachEnded(Store store, String study, long until, Consumer<EndedTrial> sink) {
    if (until == 0) {
      return;
    }
    long reached;
    try (Connection connection = store.read()) {
      reached =
          SegmentTable.forEach(connection, study, until, (end, place) -> sink.accept(end.trial()));
    } catch (SQLException e) {
      throw EventScan.unreadable(store, e);
    }
    EventScan.Result rest =
        EventScan.run(
            store,
            study,
            reached + 1,
            until,
            (event, place) -> {
              if (place <= until
                  && event instanceof StudyEvent.TrialEnded end
                  && isFinal(end.trial())) {
                sink.accept(end.trial());
              }
            });
    if (!rest.damages().isEmpty()) {
      throw new IllegalStateException(
          "Study '%s': its earlier trials cannot be read: %s is damaged (%s). Maybe repair it."
              .formatted(study, store.place(), String.join("; ", rest.damages())));
    }
  }
}
