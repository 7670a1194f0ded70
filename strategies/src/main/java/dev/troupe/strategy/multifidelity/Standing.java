package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.study.TrialId;

/**
 * What a trial has reached at a level, in the order of promotion: the least loss first, ties by the
 * number.
 *
 * @param loss not NaN; infinite for a trial that was lost
 * @param trial whose
 */
record Standing(double loss, TrialId trial) implements Comparable<Standing> {

  @Override
  public int compareTo(Standing other) {
    int byLoss = Double.compare(loss, other.loss);
    return byLoss != 0 ? byLoss : trial.compareTo(other.trial);
  }

  static void write(EventOutput out, Standing standing) {
    out.writeDouble(standing.loss);
    out.writeLong(standing.trial.number());
  }

  static Standing read(EventInput in) {
    return new Standing(in.readDouble(), TrialId.of(in.readLong()));
  }
}
