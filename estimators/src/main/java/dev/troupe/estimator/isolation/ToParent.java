package dev.troupe.estimator.isolation;

import dev.troupe.study.Metrics;

/** What a child says to its parent. */
sealed interface ToParent {

  /** The estimator is made. */
  record Ready(Abilities abilities) implements ToParent {}

  /**
   * The estimator cannot be made; the child exits.
   *
   * @param reason why
   * @param wrongInput whether its input is at fault
   */
  record Refused(String reason, boolean wrongInput) implements ToParent {}

  /** The evaluation wants to know something; it waits for the answer. */
  sealed interface Question extends ToParent {}

  /** It has measured something: what now? */
  record Report(long step, Metrics metrics) implements Question {}

  /**
   * It has written a checkpoint: is it kept?
   *
   * @param file its name in the common folder
   */
  record Save(long step, String file) implements Question {}

  /**
   * It has written what others may inherit: is it kept?
   *
   * @param file its name in the common folder
   */
  record Leave(String file) implements Question {}

  /**
   * What has an earlier attempt saved?
   *
   * @param file where to write it
   */
  record Restore(String file) implements Question {}

  /**
   * What has a trial left?
   *
   * @param trial its number
   * @param file where to write it
   */
  record Inherit(long trial, String file) implements Question {}

  /** The evaluation has returned. */
  record Returned(Metrics metrics) implements ToParent {}

  /**
   * The evaluation has thrown.
   *
   * @param reason what, in words
   * @param wrongInput whether it refused its input
   * @param shortOfMemory whether the JVM was out of memory
   * @param broken whether the JVM cannot be trusted any more
   */
  record Threw(String reason, boolean wrongInput, boolean shortOfMemory, boolean broken)
      implements ToParent {}

  /**
   * Nothing more will come.
   *
   * @param damage what was wrong with the last message; empty if the pipe just ended
   */
  record Silent(String damage) implements ToParent {}
}
