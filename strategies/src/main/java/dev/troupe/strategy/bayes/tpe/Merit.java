package dev.troupe.strategy.bayes.tpe;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an ended trial was worth. Completed trials come before pruned ones, pruned ones before those
 * without a value; a pruned trial that came farther comes before one that was given up earlier, and
 * at the same step the less loss counts.
 *
 * @param standing how it ended
 * @param step how far a pruned trial came; 0 for all others
 * @param losses one for each objective; all 0 without a value
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record Merit(Standing standing, long step, double[] losses) {

  /** How it ended, best first. */
  enum Standing {
    COMPLETED(0),
    PRUNED(1),
    WORTHLESS(2);

    /** In saved states, where it stays. */
    private final int code;

    Standing(int code) {
      this.code = code;
    }

    static Standing of(int code) {
      for (Standing standing : values()) {
        if (standing.code == code) {
          return standing;
        }
      }
      throw new IllegalArgumentException(
          "Strategy 'tpe': there is no way to end with the code %d. Maybe begin anew."
              .formatted(code));
    }
  }

  /** Returns the merit of a trial; null if it says nothing about its candidate. */
  static @Nullable Merit of(EndedTrial trial, List<Objective> objectives) {
    if (trial.candidate() == null || trial.outcome() instanceof Outcome.Stopped) {
      return null;
    }
    var losses = new double[objectives.size()];
    boolean hasValue = !(trial.outcome() instanceof Outcome.Failed);
    for (int i = 0; i < losses.length && hasValue; i++) {
      losses[i] = objectives.get(i).loss(trial.metrics()) + 0.0; // -0.0 and 0.0 are one loss
      hasValue = Double.isFinite(losses[i]);
    }
    if (!hasValue) {
      return new Merit(Standing.WORTHLESS, 0, new double[losses.length]);
    }
    boolean isPruned = trial.outcome() instanceof Outcome.Pruned;
    return isPruned
        ? new Merit(Standing.PRUNED, lastStep(trial.measurements()), losses)
        : new Merit(Standing.COMPLETED, 0, losses);
  }

  private static long lastStep(List<Measurement> measurements) {
    return measurements.isEmpty() ? 0 : measurements.get(measurements.size() - 1).step();
  }

  /** Compares how the trials ended, without their losses: below 0 if this one comes first. */
  int compareStanding(Merit other) {
    int byStanding = standing.compareTo(other.standing);
    return byStanding != 0 ? byStanding : Long.compare(other.step, step);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeByte(standing.code);
    out.writeLong(step);
    for (double loss : losses) {
      out.writeDouble(loss);
    }
  }

  static Merit read(DataInputStream in, int objectives) throws IOException {
    Standing standing = Standing.of(in.readUnsignedByte());
    long step = in.readLong();
    var losses = new double[objectives];
    for (int i = 0; i < objectives; i++) {
      losses[i] = in.readDouble();
    }
    return new Merit(standing, step, losses);
  }
}
