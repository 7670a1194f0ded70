package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import dev.troupe.estimator.Estimator;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Suggestion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work for a slot.
 *
 * @param study the name of the study
 * @param attempt which run of which trial
 * @param task what to do
 * @param estimator does it
 * @param streams the study's randomness
 * @param timeLimit how long it may take; null without limit
 * @param judged whether each measurement waits for a verdict
 * @param replyTo the study, which is told what happens
 */
record Job(
    String study,
    Attempt attempt,
    Task task,
    Estimator estimator,
    RandomStreams streams,
    @Nullable Duration timeLimit,
    boolean judged,
    ActorRef<? super StudyActor.SlotMessage> replyTo) {

  /** What a slot can do. */
  sealed interface Task {}

  /** Evaluate a candidate. */
  record Evaluate(Suggestion suggestion) implements Task {}

  /** Score the best trial on what was never shown to the search. */
  record Test(EndedTrial best) implements Task {}
}
