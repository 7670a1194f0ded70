package dev.troupe.ledger;

import dev.troupe.actor.Saved;
import dev.troupe.actor.Spent;
import dev.troupe.actor.StudySnapshot;
import dev.troupe.actor.StudySums;
import dev.troupe.codec.DamageException;
import dev.troupe.codec.EventCodec;
import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.TrialCodec;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.time.DateTimeException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How snapshots are written: the version of the form, then the values. One of a form that is not
 * known is as good as none, since all facts are there as well.
 */
final class SnapshotCodec {

  /**
   * The second version tells at which suggestion trials are that pause and go on; the third one
   * what tricks have saved, the fourth one with inheritance among them.
   */
  private static final int VERSION = 4;

  private SnapshotCodec() {}

  static byte[] encode(StudySnapshot snapshot) {
    var out = new EventOutput();
    int version = version(snapshot);
    out.writeByte(version);
    out.writeLong(snapshot.facts());
    out.writeAll(snapshot.open(), (to, event) -> to.writeBytes(EventCodec.encode(event)));
    writeSums(out, snapshot.sums());
    if (version > 1) {
      writeTurns(out, snapshot.sums());
    }
    writeSpent(out, snapshot.spent());
    if (version > 2) {
      writeSaved(out, snapshot.saved());
    }
    out.writeBytes(snapshot.strategy());
    return out.toBytes();
  }

  /** Without such trials, and savings, it is written as ever: older versions can read it. */
  private static int version(StudySnapshot snapshot) {
    if (!snapshot.saved().equals(Saved.NOTHING)) {
      return VERSION;
    }
    StudySums sums = snapshot.sums();
    return sums.turns() == sums.suggested() && sums.openTurns().isEmpty() ? 1 : 2;
  }

  private static void writeTurns(EventOutput out, StudySums sums) {
    out.writeLong(sums.turns());
    out.writeAll(
        new TreeMap<>(sums.openTurns()).entrySet(),
        (to, turn) -> {
          to.writeLong(turn.getKey().number());
          to.writeLong(turn.getValue());
        });
  }

  private static void writeSums(EventOutput out, StudySums sums) {
    out.writeLong(sums.suggested());
    out.writeLong(sums.told());
    out.writeBoolean(sums.waitsForNews());
    out.writeAll(
        new EnumMap<>(sums.counts()).entrySet(),
        (to, count) -> {
          to.writeText(count.getKey().name());
          to.writeLong(count.getValue());
        });
    writeOptional(out, sums.best());
    out.writeAll(sums.front(), TrialCodec::writeTrial);
    writeOptional(out, sums.knownBest());
    out.writeLong(sums.sinceImprovement());
  }

  private static void writeOptional(EventOutput out, @Nullable EndedTrial trial) {
    out.writeBoolean(trial != null);
    if (trial != null) {
      TrialCodec.writeTrial(out, trial);
    }
  }

  private static void writeSpent(EventOutput out, Spent spent) {
    out.writeDouble(spent.seconds());
    out.writeDouble(spent.placeSeconds());
    out.writeDouble(spent.deviceSeconds());
    out.writeDouble(spent.gpuSeconds());
    out.writeInstant(spent.last());
    out.writeLong(spent.parallelism());
  }

  private static void writeSaved(EventOutput out, Saved saved) {
    out.writeLong(saved.furthest());
    for (Saved.Part part : List.of(saved.pruned(), saved.low(), saved.inherited())) {
      out.writeDouble(part.secondsPerStep());
      out.writeDouble(part.seconds());
    }
  }

  /**
   * Returns the snapshot that was written.
   *
   * @throws DamageException if the bytes are none, or of a form that is not known
   */
  static StudySnapshot decode(String study, byte[] encoded) {
    var in = new EventInput(encoded);
    int version = in.readByte();
    if (version < 1 || version > VERSION) {
      throw new DamageException("it is of version %d".formatted(version));
    }
    try {
      StudySnapshot snapshot = read(study, version, in);
      in.requireEnd();
      return snapshot;
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new DamageException("its values contradict each other: " + e.getMessage(), e);
    }
  }

  private static StudySnapshot read(String study, int version, EventInput in) {
    var texts = new HashMap<String, String>();
    return new StudySnapshot(
        in.readLong(),
        in.readAll(from -> EventCodec.decode(study, from.readBytes(), texts)),
        readSums(version, in),
        readSpent(in),
        version > 2 ? readSaved(version, in) : Saved.NOTHING,
        in.readBytes());
  }

  private static StudySums readSums(int version, EventInput in) {
    long suggested = in.readLong();
    long told = in.readLong();
    boolean waitsForNews = in.readBoolean();
    Map<TrialState, Long> counts = readCounts(in);
    EndedTrial best = readOptional(in);
    List<EndedTrial> front = in.readAll(TrialCodec::readTrial);
    EndedTrial knownBest = readOptional(in);
    long sinceImprovement = in.readLong();
    long turns = version > 1 ? in.readLong() : suggested;
    Map<TrialId, Long> openTurns = version > 1 ? readTurns(in) : Map.of();
    return new StudySums(
        suggested,
        told,
        waitsForNews,
        counts,
        best,
        front,
        knownBest,
        sinceImprovement,
        turns,
        openTurns);
  }

  private static Map<TrialId, Long> readTurns(EventInput in) {
    var turns = new HashMap<TrialId, Long>();
    for (int left = in.readCount(); left > 0; left--) {
      turns.put(TrialId.of(in.readLong()), in.readLong());
    }
    return turns;
  }

  private static Map<TrialState, Long> readCounts(EventInput in) {
    var counts = new EnumMap<TrialState, Long>(TrialState.class);
    for (int left = in.readCount(); left > 0; left--) {
      counts.put(TrialState.valueOf(in.readText()), in.readLong());
    }
    return counts;
  }

  private static @Nullable EndedTrial readOptional(EventInput in) {
    return in.readBoolean() ? TrialCodec.readTrial(in) : null;
  }

  private static Saved readSaved(int version, EventInput in) {
    return new Saved(
        in.readLong(), readPart(in), readPart(in), version > 3 ? readPart(in) : Saved.Part.NONE);
  }

  private static Saved.Part readPart(EventInput in) {
    return new Saved.Part(in.readDouble(), in.readDouble());
  }

  private static Spent readSpent(EventInput in) {
    return new Spent(
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readInstant(),
        in.readInt());
  }
}
