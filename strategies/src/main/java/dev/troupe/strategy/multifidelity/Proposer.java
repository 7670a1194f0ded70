package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.space.Configuration;
import dev.troupe.study.Metrics;
import dev.troupe.study.TrialId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Finds configurations for new trials. Deterministic, plain and not thread safe; saved and loaded
 * with its strategy.
 */
interface Proposer {

  /**
   * Proposes.
   *
   * @param number of the new trial among all of the strategy, from 1; random draws go by it
   * @param level on its way to which the trial begins
   * @param running the trials that run, in the order of their numbers
   * @return null if there is none until more is known, or at all
   */
  @Nullable Proposal propose(long number, int level, Collection<Track> running);

  /**
   * A trial has begun.
   *
   * @param number of its proposal; 0 if the trial is somebody else's
   */
  void begun(long number, TrialId trial);

  /**
   * A trial has reached a level.
   *
   * @param metrics its result, with a finite value of every objective
   */
  void reached(TrialId trial, Configuration candidate, int level, Metrics metrics);

  /** A trial has ended without a value on its way to a level. */
  void lost(TrialId trial, Configuration candidate, int level);

  /** Writes all that {@link #read} needs. */
  void write(EventOutput out);

  /**
   * Takes over what {@link #write} wrote; this one has just been made.
   *
   * @throws IllegalArgumentException if a value is impossible
   */
  void read(EventInput in);
}
