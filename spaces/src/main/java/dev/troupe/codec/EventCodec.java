package dev.troupe.codec;

import dev.troupe.study.Metrics;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.TrialId;
import dev.troupe.study.Trick;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How facts are written, each on its own: a manifest of two bytes, the kind of fact and the version
 * of its encoding, and the values. The name of the study is not among them, since it is part of the
 * key. A changed encoding gets the next version; what an old one wrote stays readable for ever.
 */
public final class EventCodec {

  private static final int STUDY_STARTED = 1;
  private static final int STUDY_RESUMED = 2;
  private static final int STRATEGY_ASKED = 3;
  private static final int TRIAL_SUGGESTED = 4;
  private static final int MEASURED = 5;
  private static final int ATTEMPT_FAILED = 6;
  private static final int TRIAL_ENDED = 7;
  private static final int INCUMBENT_CHANGED = 8;
  private static final int STUDY_ENDED = 9;
  private static final int ATTEMPT_STARTED = 10;
  private static final int STUDY_INSTRUCTED = 11;
  private static final int CHECKPOINT_SAVED = 12;
  private static final int ATTEMPT_RESUMED = 14;
  private static final int STUDY_REPAIRED = 15;
  private static final int TRIAL_PAUSED = 16;
  private static final int DEVICE_TIME_SAVED = 17;
  private static final int FIDELITY_CHECKED = 18;
  private static final int HIGHEST = FIDELITY_CHECKED;

  /** Codes that are given to no kind of fact yet. */
  private static final Set<Integer> UNUSED = Set.of(13);

  private EventCodec() {}

  /** Returns manifest and values. */
  public static byte[] encode(StudyEvent event) {
    var out = new EventOutput();
    out.writeByte(kind(event));
    out.writeByte(version(event));
    write(out, event);
    return out.toBytes();
  }

  private static int kind(StudyEvent event) {
    if (event instanceof StudyEvent.TrialSuggested) {
      return TRIAL_SUGGESTED;
    } else if (event instanceof StudyEvent.Measured) {
      return MEASURED;
    } else if (event instanceof StudyEvent.TrialEnded) {
      return TRIAL_ENDED;
    } else if (event instanceof StudyEvent.StrategyAsked) {
      return STRATEGY_ASKED;
    } else if (event instanceof StudyEvent.IncumbentChanged) {
      return INCUMBENT_CHANGED;
    } else if (event instanceof StudyEvent.AttemptFailed) {
      return ATTEMPT_FAILED;
    } else if (event instanceof StudyEvent.StudyStarted) {
      return STUDY_STARTED;
    } else if (event instanceof StudyEvent.StudyResumed) {
      return STUDY_RESUMED;
    } else if (event instanceof StudyEvent.StudyEnded) {
      return STUDY_ENDED;
    } else if (event instanceof StudyEvent.StudyInstructed) {
      return STUDY_INSTRUCTED;
    } else if (event instanceof StudyEvent.CheckpointSaved) {
      return CHECKPOINT_SAVED;
    } else if (event instanceof StudyEvent.AttemptResumed) {
      return ATTEMPT_RESUMED;
    } else if (event instanceof StudyEvent.StudyRepaired) {
      return STUDY_REPAIRED;
    } else if (event instanceof StudyEvent.TrialPaused) {
      return TRIAL_PAUSED;
    } else if (event instanceof StudyEvent.DeviceTimeSaved) {
      return DEVICE_TIME_SAVED;
    } else if (event instanceof StudyEvent.FidelityChecked) {
      return FIDELITY_CHECKED;
    }
    return ATTEMPT_STARTED;
  }

  /**
   * A suggestion without an explanation is written as ever, and so is a call of a strategy that
   * resumes nothing: older versions can read them.
   */
  private static int version(StudyEvent event) {
    if (event instanceof StudyEvent.TrialSuggested suggested) {
      return SuggestionCodec.version(suggested.suggestion());
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      return SuggestionCodec.version(ended.trial().suggestion());
    } else if (event instanceof StudyEvent.StrategyAsked asked) {
      return asked.fresh() == asked.requested() ? 1 : 2;
    }
    return newestVersion(kind(event));
  }

  /**
   * The second version tells which attempts were lost, what the best trial was scored, and what a
   * suggestion was based on, and how many new trials were asked for; the third one which attempts
   * ran out of memory.
   */
  private static int newestVersion(int kind) {
    return switch (kind) {
      case ATTEMPT_FAILED -> 3;
      case STUDY_ENDED, TRIAL_SUGGESTED, TRIAL_ENDED, STRATEGY_ASKED -> 2;
      default -> 1;
    };
  }

  private static void write(EventOutput out, StudyEvent event) {
    if (event instanceof StudyEvent.TrialSuggested suggested) {
      out.writeLong(suggested.trial().number());
      SuggestionCodec.write(out, suggested.suggestion());
    } else if (event instanceof StudyEvent.Measured measured) {
      TrialCodec.writeAttempt(out, measured.attempt());
      TrialCodec.writeMeasurement(out, measured.measurement());
      StudyCodec.writeVerdict(out, measured.verdict());
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      out.writeInstant(ended.at());
      TrialCodec.writeTrial(out, ended.trial());
    } else if (event instanceof StudyEvent.StrategyAsked asked) {
      writeAsked(out, asked);
    } else if (event instanceof StudyEvent.IncumbentChanged changed) {
      out.writeLong(changed.trial().number());
      TrialCodec.writeMetrics(out, changed.metrics());
    } else if (event instanceof StudyEvent.AttemptFailed failed) {
      TrialCodec.writeAttempt(out, failed.attempt());
      out.writeText(failed.reason());
      out.writeDouble(failed.deviceSeconds());
      out.writeBoolean(failed.lost());
      out.writeBoolean(failed.outOfMemory());
    } else if (event instanceof StudyEvent.StudyStarted started) {
      writeStarted(out, started);
    } else if (event instanceof StudyEvent.StudyResumed resumed) {
      out.writeInstant(resumed.at());
      out.writeLong(resumed.parallelism());
      StudyCodec.writeBudget(out, resumed.budget());
    } else if (event instanceof StudyEvent.StudyEnded ended) {
      out.writeInstant(ended.at());
      StudyCodec.writeState(out, ended.state());
      out.writeText(ended.reason());
      TrialCodec.writeMetrics(out, ended.test());
    } else if (event instanceof StudyEvent.AttemptStarted started) {
      TrialCodec.writeAttempt(out, started.attempt());
      out.writeText(started.device());
    } else if (event instanceof StudyEvent.StudyInstructed instructed) {
      writeInstructed(out, instructed);
    } else if (event instanceof StudyEvent.CheckpointSaved saved) {
      TrialCodec.writeAttempt(out, saved.attempt());
      out.writeLong(saved.step());
      out.writeText(saved.id());
      out.writeLong(saved.bytes());
    } else if (event instanceof StudyEvent.AttemptResumed resumed) {
      TrialCodec.writeAttempt(out, resumed.attempt());
      out.writeLong(resumed.step());
      out.writeText(resumed.id());
    } else if (event instanceof StudyEvent.StudyRepaired repaired) {
      out.writeInstant(repaired.at());
      out.writeLong(repaired.mended());
    } else if (event instanceof StudyEvent.TrialPaused paused) {
      out.writeInstant(paused.at());
      TrialCodec.writeAttempt(out, paused.attempt());
      TrialCodec.writeMetrics(out, paused.metrics());
      out.writeDouble(paused.deviceSeconds());
    } else if (event instanceof StudyEvent.DeviceTimeSaved saved) {
      out.writeText(saved.trick().name());
      out.writeDouble(saved.seconds());
    } else if (event instanceof StudyEvent.FidelityChecked checked) {
      SuggestionCodec.writeFidelity(out, checked.fidelity());
      out.writeLong(checked.pairs());
      out.writeDouble(checked.spearman());
      out.writeDouble(checked.kendall());
    }
  }

  private static void writeStarted(EventOutput out, StudyEvent.StudyStarted started) {
    out.writeInstant(started.at());
    out.writeAll(started.objectives(), StudyCodec::writeObjective);
    out.writeText(started.strategy());
    out.writeLong(started.seed());
    out.writeLong(started.parallelism());
    StudyCodec.writeBudget(out, started.budget());
    StudyCodec.writeDefinition(out, started.definition());
  }

  private static void writeInstructed(EventOutput out, StudyEvent.StudyInstructed instructed) {
    out.writeInstant(instructed.at());
    InstructionCodec.write(out, instructed.instruction());
    out.writeText(instructed.by());
    Long request = instructed.request();
    out.writeBoolean(request != null);
    if (request != null) {
      out.writeLong(request);
    }
  }

  private static void writeAsked(EventOutput out, StudyEvent.StrategyAsked asked) {
    out.writeAll(asked.told(), (to, trial) -> to.writeLong(trial.number()));
    out.writeAll(
        new TreeMap<>(asked.seen()).entrySet(),
        (to, seen) -> {
          to.writeLong(seen.getKey().number());
          to.writeLong(seen.getValue());
        });
    out.writeLong(asked.requested());
    out.writeLong(asked.made());
    out.writeDouble(asked.seconds());
    if (version(asked) > 1) {
      out.writeLong(asked.fresh());
    }
  }

  /**
   * Returns the fact that was written.
   *
   * @param texts one copy of each name for all facts that are read together; filled on the way
   * @throws DamageException if the bytes are no such fact, or of a later version
   */
  public static StudyEvent decode(String study, byte[] encoded, Map<String, String> texts) {
    var in = new EventInput(encoded, texts);
    int kind = in.readByte();
    int version = in.readByte();
    if (kind < STUDY_STARTED
        || kind > HIGHEST
        || UNUSED.contains(kind)
        || version < 1
        || version > newestVersion(kind)) {
      throw new DamageException(
          "it is of kind %d in version %d, and this version of Troupe reads kinds up to %d, this one up to version %d. Maybe use the version that wrote it, or a later one"
              .formatted(kind, version, HIGHEST, newestVersion(kind)));
    }
    try {
      StudyEvent event = read(study, kind, version, in);
      in.requireEnd();
      return event;
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new DamageException("its values contradict each other: " + e.getMessage(), e);
    }
  }

  private static StudyEvent read(String study, int kind, int version, EventInput in) {
    return switch (kind) {
      case STUDY_STARTED -> readStarted(study, in);
      case STUDY_RESUMED ->
          new StudyEvent.StudyResumed(
              study, in.readInstant(), in.readInt(), StudyCodec.readBudget(in));
      case STRATEGY_ASKED -> readAsked(study, version, in);
      case TRIAL_SUGGESTED ->
          new StudyEvent.TrialSuggested(study, TrialId.of(in.readLong()), SuggestionCodec.read(in));
      case MEASURED ->
          new StudyEvent.Measured(
              study,
              TrialCodec.readAttempt(in),
              TrialCodec.readMeasurement(in),
              StudyCodec.readVerdict(in));
      case ATTEMPT_FAILED ->
          new StudyEvent.AttemptFailed(
              study,
              TrialCodec.readAttempt(in),
              in.readText(),
              in.readDouble(),
              version > 1 && in.readBoolean(),
              version > 2 && in.readBoolean());
      case TRIAL_ENDED ->
          new StudyEvent.TrialEnded(study, in.readInstant(), TrialCodec.readTrial(in));
      case INCUMBENT_CHANGED ->
          new StudyEvent.IncumbentChanged(
              study, TrialId.of(in.readLong()), TrialCodec.readMetrics(in));
      case STUDY_ENDED ->
          new StudyEvent.StudyEnded(
              study,
              in.readInstant(),
              StudyCodec.readState(in),
              in.readText(),
              version > 1 ? TrialCodec.readMetrics(in) : Metrics.none());
      case STUDY_INSTRUCTED ->
          new StudyEvent.StudyInstructed(
              study,
              in.readInstant(),
              InstructionCodec.read(in),
              in.readText(),
              in.readBoolean() ? in.readLong() : null);
      case CHECKPOINT_SAVED ->
          new StudyEvent.CheckpointSaved(
              study, TrialCodec.readAttempt(in), in.readLong(), in.readText(), in.readLong());
      case ATTEMPT_RESUMED ->
          new StudyEvent.AttemptResumed(
              study, TrialCodec.readAttempt(in), in.readLong(), in.readText());
      case STUDY_REPAIRED -> new StudyEvent.StudyRepaired(study, in.readInstant(), in.readLong());
      case TRIAL_PAUSED ->
          new StudyEvent.TrialPaused(
              study,
              in.readInstant(),
              TrialCodec.readAttempt(in),
              TrialCodec.readMetrics(in),
              in.readDouble());
      case DEVICE_TIME_SAVED ->
          new StudyEvent.DeviceTimeSaved(study, Trick.valueOf(in.readText()), in.readDouble());
      case FIDELITY_CHECKED ->
          new StudyEvent.FidelityChecked(
              study,
              SuggestionCodec.readFidelity(in),
              in.readInt(),
              in.readDouble(),
              in.readDouble());
      default -> new StudyEvent.AttemptStarted(study, TrialCodec.readAttempt(in), in.readText());
    };
  }

  private static StudyEvent readStarted(String study, EventInput in) {
    return new StudyEvent.StudyStarted(
        study,
        in.readInstant(),
        in.readAll(StudyCodec::readObjective),
        in.readText(),
        in.readLong(),
        in.readInt(),
        StudyCodec.readBudget(in),
        StudyCodec.readDefinition(in));
  }

  private static StudyEvent readAsked(String study, int version, EventInput in) {
    List<TrialId> told = in.readAll(from -> TrialId.of(from.readLong()));
    var seen = new TreeMap<TrialId, Integer>();
    for (int left = in.readCount(); left > 0; left--) {
      seen.put(TrialId.of(in.readLong()), in.readInt());
    }
    int requested = in.readInt();
    int made = in.readInt();
    double seconds = in.readDouble();
    int fresh = version > 1 ? in.readInt() : requested;
    return new StudyEvent.StrategyAsked(study, told, seen, requested, fresh, made, seconds);
  }
}
