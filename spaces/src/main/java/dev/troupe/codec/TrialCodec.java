package dev.troupe.codec;

import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.TrialId;
import java.util.LinkedHashMap;

/** How measurements and ended trials are written, in the version of their suggestion. */
public final class TrialCodec {

  private static final int COMPLETED = 1;
  private static final int PRUNED = 2;
  private static final int FAILED = 3;
  private static final int STOPPED = 4;

  private TrialCodec() {}

  public static void writeAttempt(EventOutput out, Attempt attempt) {
    out.writeLong(attempt.trial().number());
    out.writeLong(attempt.number());
  }

  public static Attempt readAttempt(EventInput in) {
    return new Attempt(TrialId.of(in.readLong()), in.readInt());
  }

  public static void writeTrial(EventOutput out, EndedTrial trial) {
    out.writeLong(trial.id().number());
    SuggestionCodec.write(out, trial.suggestion());
    out.writeAll(trial.measurements(), TrialCodec::writeMeasurement);
    writeOutcome(out, trial.outcome());
    out.writeDouble(trial.deviceSeconds());
  }

  public static EndedTrial readTrial(EventInput in) {
    return new EndedTrial(
        TrialId.of(in.readLong()),
        SuggestionCodec.read(in),
        in.readAll(TrialCodec::readMeasurement),
        readOutcome(in),
        in.readDouble());
  }

  public static void writeMeasurement(EventOutput out, Measurement measurement) {
    out.writeLong(measurement.step());
    writeMetrics(out, measurement.metrics());
    out.writeDouble(measurement.seconds());
  }

  public static Measurement readMeasurement(EventInput in) {
    return new Measurement(in.readLong(), readMetrics(in), in.readDouble());
  }

  public static void writeMetrics(EventOutput out, Metrics metrics) {
    out.writeAll(
        metrics.numbers().entrySet(),
        (to, number) -> {
          to.writeText(number.getKey());
          to.writeDouble(number.getValue());
        });
    out.writeAll(
        metrics.vectorNames(),
        (to, name) -> {
          to.writeText(name);
          double[] vector = metrics.vector(name);
          to.writeLong(vector.length);
          for (double value : vector) {
            to.writeDouble(value);
          }
        });
  }

  public static Metrics readMetrics(EventInput in) {
    int count = in.readCount();
    var numbers = new LinkedHashMap<String, Double>(2 * count);
    for (int i = 0; i < count; i++) {
      numbers.put(in.readName(), in.readDouble());
    }
    Metrics metrics = Metrics.of(numbers);
    for (int left = in.readCount(); left > 0; left--) {
      String name = in.readName();
      double[] vector = new double[in.readCount()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = in.readDouble();
      }
      metrics = metrics.withVector(name, vector);
    }
    return metrics;
  }

  private static void writeOutcome(EventOutput out, Outcome outcome) {
    if (outcome instanceof Outcome.Completed completed) {
      out.writeByte(COMPLETED);
      writeMetrics(out, completed.metrics());
    } else if (outcome instanceof Outcome.Pruned pruned) {
      out.writeByte(PRUNED);
      writeMetrics(out, pruned.metrics());
    } else if (outcome instanceof Outcome.Failed failed) {
      out.writeByte(FAILED);
      out.writeText(failed.reason());
    } else if (outcome instanceof Outcome.Stopped) {
      out.writeByte(STOPPED);
    }
  }

  private static Outcome readOutcome(EventInput in) {
    int kind = in.readByte();
    return switch (kind) {
      case COMPLETED -> new Outcome.Completed(readMetrics(in));
      case PRUNED -> new Outcome.Pruned(readMetrics(in));
      case FAILED -> new Outcome.Failed(in.readText());
      case STOPPED -> new Outcome.Stopped();
      default -> throw new DamageException("%d is no outcome".formatted(kind));
    };
  }
}
