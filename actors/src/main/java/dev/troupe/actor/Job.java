package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.weights.Heir;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Suggestion;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work for a slot.
 *
 * @param study is told what happens
 * @param studyName what it is called
 * @param attempt which run of which trial
 * @param task what to do
 * @param estimator does it
 * @param streams the study's randomness
 * @param timeLimit how long it may take; null without limit
 * @param judged whether each measurement waits for a verdict
 * @param checkpoints where the attempt may save where it stands
 * @param alone whether nothing may run beside it that uses the same memory
 * @param resumptions where the attempt may go on, the best first; none to begin anew
 * @param portable how another process makes the estimator; null if none can
 */
public record Job(
    ActorRef<? super StudyActor.SlotMessage> study,
    String studyName,
    Attempt attempt,
    Task task,
    Estimator estimator,
    RandomStreams streams,
    @Nullable Duration timeLimit,
    boolean judged,
    StudyCheckpoints checkpoints,
    boolean alone,
    List<Resumption> resumptions,
    @Nullable PortableStudy portable) {

  /** Copies the list. */
  public Job {
    resumptions = List.copyOf(resumptions);
  }

  /** Returns a job without checkpoints. */
  public static Job of(
      ActorRef<? super StudyActor.SlotMessage> study,
      String studyName,
      Attempt attempt,
      Task task,
      Estimator estimator,
      RandomStreams streams,
      @Nullable Duration timeLimit,
      boolean judged,
      @Nullable PortableStudy portable) {
    return new Job(
        study,
        studyName,
        attempt,
        task,
        estimator,
        streams,
        timeLimit,
        judged,
        new StudyCheckpoints(studyName, null),
        false,
        List.of(),
        portable);
  }

  /** Returns who leaves weights with it, and from whom those come. */
  Heir heir() {
    return task instanceof Evaluate evaluated
            && evaluated.suggestion() instanceof Suggestion.Evaluate suggestion
        ? Heir.of(attempt, suggestion.weights())
        : Heir.of(attempt);
  }

  /** What a slot can do. */
  public sealed interface Task {}

  /** Evaluate a candidate. */
  public record Evaluate(Suggestion suggestion) implements Task {}

  /** Score the best trial on what was never shown to the search. */
  public record Test(EndedTrial best) implements Task {}
}
