package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.study.TrialId;
import org.jspecify.annotations.Nullable;

/**
 * Says which trial runs next and how far. Deterministic, plain and not thread safe; saved and
 * loaded with its strategy.
 */
interface Schedule {

  /**
   * Hands out the next slot.
   *
   * @param fresh whether it may be that of a new trial
   * @return null if outcomes are needed first
   */
  @Nullable Slot next(boolean fresh);

  /** Takes the newest slot for a new trial back: there is no configuration for it now. */
  void giveBack(Slot slot);

  /** No trial runs, and no new one will begin: what waits for more of them need not. */
  void exhausted();

  /** A trial has begun in a slot for a new one. */
  void begun(Slot slot, TrialId trial);

  /**
   * A trial has reached its level.
   *
   * @param loss finite
   */
  void reached(TrialId trial, int level, double loss);

  /** A trial has ended without a value, on its way to a level or after it had reached it. */
  void lost(TrialId trial, int level);

  /** Returns why a trial was promoted to a level. */
  String reason(Slot slot);

  /** Writes all that {@link #read} needs. */
  void write(EventOutput out);

  /**
   * Takes over what {@link #write} wrote; this one has just been made.
   *
   * @throws IllegalArgumentException if a value is impossible
   */
  void read(EventInput in);
}
