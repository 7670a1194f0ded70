package dev.troupe.cluster;

import static java.util.Objects.requireNonNull;

import dev.troupe.actor.Job;
import dev.troupe.actor.PortableStudy;
import dev.troupe.study.Attempt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way to a worker.
 *
 * @param slot which of the worker's slots is to do it, from 0
 * @param study the number of its study, of the daemon's choice
 * @param studyName what the study is called
 * @param portable makes the study's estimator
 * @param attempt which run of which trial
 * @param task what to do
 * @param seed of the study's randomness
 * @param timeLimit how long it may take; null without limit
 * @param judged whether each measurement waits for a verdict
 */
record Assignment(
    int slot,
    long study,
    String studyName,
    PortableStudy portable,
    Attempt attempt,
    Job.Task task,
    long seed,
    @Nullable Duration timeLimit,
    boolean judged) {

  /**
   * Returns the part of a job that travels.
   *
   * @throws IllegalArgumentException if the job is not portable
   */
  static Assignment of(Job job, int slot, long study) {
    if (job.portable() == null) {
      throw new IllegalArgumentException(
          "Study '%s': its jobs cannot travel. Maybe describe it by a study file."
              .formatted(job.studyName()));
    }
    return new Assignment(
        slot,
        study,
        job.studyName(),
        job.portable(),
        job.attempt(),
        job.task(),
        job.streams().seed(),
        job.timeLimit(),
        job.judged());
  }

  /** Requires what must not be null. */
  Assignment {
    requireNonNull(studyName, "studyName");
    requireNonNull(portable, "portable");
    requireNonNull(attempt, "attempt");
    requireNonNull(task, "task");
  }
}
