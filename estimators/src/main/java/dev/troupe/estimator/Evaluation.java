package dev.troupe.estimator;

import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.estimator.weights.CheckpointContent;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Metrics;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an estimator is given for one attempt of one trial: who it is, where it runs, whom to report
 * to. Used by the evaluating thread; {@link #stopRequested} and {@link #report} may be called from
 * any thread.
 */
public interface Evaluation {

  /** Returns which run of which trial this is. */
  Attempt attempt();

  /** Returns the device that is held for it. */
  Device device();

  /**
   * Returns the study's randomness; a trial uses {@link RandomStreams.Kind#TRIAL} and its number.
   */
  RandomStreams streams();

  /** Returns how long the attempt may take, or null without limit. */
  @Nullable Duration timeLimit();

  /**
   * Reports a measurement and waits for the verdict.
   *
   * @param step how far it has come, above the step before
   * @param metrics the values, not all of which need be finite
   * @return what to do now
   */
  Verdict report(long step, Metrics metrics);

  /**
   * Pretends to compute for a while: on the virtual clock it returns when so many seconds have
   * passed there, or the evaluation should end; on the machine's clock at once.
   *
   * @param seconds finite and at least 0
   */
  default void spend(double seconds) {}

  /**
   * Returns whether {@link #save} keeps anything. What is expensive to prepare need not be prepared
   * otherwise.
   */
  default boolean keepsCheckpoints() {
    return false;
  }

  /**
   * Saves what the trial needs to go on, and waits until it is kept. If this attempt is lost with
   * its worker or its process, the next one may go on from here. The two newest are kept, until the
   * trial ends.
   *
   * @param step how far it has come, at least 0: all up to it has been reported, and what is
   *     reported after it comes after this step
   * @param content writes what {@link #restored} is to give back
   * @return whether it was kept; the trial goes on without, otherwise
   */
  default boolean save(long step, CheckpointContent content) {
    return false;
  }

  /**
   * Takes up what an earlier attempt has saved: if it returns something, the trial goes on from
   * there, and what was measured up to that step belongs to it. An estimator that calls this does
   * so before it reports or saves.
   *
   * @return the newest checkpoint that is intact; nothing if there is none, or the trial has to
   *     begin anew
   */
  default Optional<Checkpoint> restored() {
    return Optional.empty();
  }

  /**
   * Leaves what other trials of the study may inherit, its trained weights say, in place of what an
   * earlier attempt left, and waits until it is kept. It stays when the trial and the study end: a
   * study that is extended goes on with it. For want of room it may be forgotten, first where the
   * strategy says that no later trial can inherit from this one.
   *
   * @param content writes what {@link #left} is to give back
   * @return whether it was kept; heirs begin without, otherwise
   */
  default boolean leave(CheckpointContent content) {
    return false;
  }

  /**
   * Returns what a trial of the study has left.
   *
   * @param trial that has completed
   * @return nothing if it has left nothing, or that is damaged or out of reach
   */
  default Optional<byte[]> left(TrialId trial) {
    return Optional.empty();
  }

  /** Returns whether the evaluation should end: stopped from outside, or beyond its time limit. */
  boolean stopRequested();

  /** Returns a generator of this trial's own: the same for every attempt. */
  default RandomGenerator random(String name) {
    return streams().stream(RandomStreams.Kind.TRIAL, attempt().trial().number(), name);
  }

  /** Returns a seed for a generator that is not ours; see {@link RandomStreams#foreignSeed}. */
  default int seed(String name) {
    return streams().foreignSeed(RandomStreams.Kind.TRIAL, attempt().trial().number(), name);
  }
}
