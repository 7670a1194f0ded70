package dev.troupe;

import akka.actor.typed.ActorRef;
import dev.troupe.actor.AskedTrial;
import dev.troupe.actor.EventBus;
import dev.troupe.actor.StudyActor;
import dev.troupe.space.TypedSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A study that runs. Thread safe.
 *
 * @param <T> what a candidate is
 */
public final class Study<T> {

  private final String name;
  private final TypedSpace<T> space;
  private final Objective objective;
  private final ActorRef<StudyActor.Command> actor;
  private final EventBus events;
  private final CompletableFuture<StudyResult> outcome;

  /** Questions that the study has not answered; once it has ended, nobody else would. */
  private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();

  Study(
      String name,
      TypedSpace<T> space,
      Objective objective,
      ActorRef<StudyActor.Command> actor,
      EventBus events,
      CompletableFuture<StudyResult> outcome) {
    this.name = name;
    this.space = space;
    this.objective = objective;
    this.actor = actor;
    this.events = events;
    this.outcome = outcome;
    var unused =
        outcome.whenComplete((result, failure) -> List.copyOf(pending).forEach(this::giveUp));
  }

  /** Returns its name. */
  public String name() {
    return name;
  }

  /**
   * Returns the best candidate, once the study has ended. Completes with a {@link
   * NoTrialCompletedException} if there is none.
   */
  public CompletionStage<Incumbent<T>> result() {
    return outcome.thenApply(this::incumbent);
  }

  /**
   * Returns all that came out of the study, once it has ended. Completes with an {@link
   * IllegalStateException} if its {@link Troupe} was closed while it ran.
   */
  public CompletionStage<StudyResult> outcome() {
    return outcome.copy();
  }

  private Incumbent<T> incumbent(StudyResult result) {
    EndedTrial best = result.best();
    if (best == null || !(best.suggestion() instanceof Suggestion.Evaluate evaluate)) {
      throw new NoTrialCompletedException(result);
    }
    return new Incumbent<>(space.instance(evaluate.candidate()), best, result.test());
  }

  /**
   * Returns what happens from now on, in order. A subscriber that does not keep up with some
   * hundred events misses some; a listener given to {@link StudyBuilder#listener} gets all.
   */
  public Flow.Publisher<StudyEvent> events() {
    return events;
  }

  /**
   * Ends the study. It goes on when it is started again.
   *
   * @param now whether to interrupt running trials; otherwise they may end by themselves
   */
  public void stop(boolean now) {
    var unused = instruct(new Instruction.Stop(now));
  }

  /**
   * Pauses the study: nothing more is suggested or begun until {@link #resume}, also if the study
   * is started again meanwhile. What runs goes on to its end; after that no time of the study
   * passes, and a virtual clock waits.
   *
   * @return completes when it is recorded; with an {@link IllegalStateException} if the study is
   *     ending, or has ended
   */
  public CompletionStage<Void> pause() {
    return instruct(new Instruction.Pause());
  }

  /** Lets the study go on after {@link #pause}; otherwise as that. */
  public CompletionStage<Void> resume() {
    return instruct(new Instruction.Resume());
  }

  /**
   * Allows the study to spend more: from now on and, unless it then allows more, also when it is
   * started again with the budget that it had.
   *
   * @param limits for the whole study, in place of those limits of its own that are narrower; what
   *     is not among them stays as it is
   * @return completes as that of {@link #pause}, with an {@link IllegalArgumentException} if the
   *     limits allow no more than there is
   * @throws IllegalArgumentException if there is no limit
   */
  public CompletionStage<Void> extend(Budget limits) {
    return instruct(new Instruction.Extend(limits));
  }

  /**
   * Changes how many trials are kept in flight. That holds also when the study is started again,
   * unless with another parallelism than it had. Under logical order the trials stay the same,
   * since the lookahead stays what it was at the beginning.
   *
   * @param trials from 1 to {@value Instruction.Parallelism#MOST}
   * @return completes as that of {@link #pause}
   */
  public CompletionStage<Void> parallelism(int trials) {
    return instruct(new Instruction.Parallelism(trials));
  }

  /**
   * Has a candidate evaluated, in full: it takes the next free place, before the strategy is asked,
   * and counts like any other trial.
   *
   * @return completes as that of {@link #pause}
   * @throws IllegalArgumentException if it is not in the space
   */
  public CompletionStage<Void> enqueue(T candidate) {
    return instruct(new Instruction.Enqueue(space.configuration(candidate)));
  }

  private CompletionStage<Void> instruct(Instruction instruction) {
    return instruct(instruction, "its own program", null);
  }

  /**
   * Does what somebody asks.
   *
   * @param by who asks, in words
   * @param request the number of the request if it came by way of the ledger, else null
   */
  CompletionStage<Void> instruct(Instruction instruction, String by, @Nullable Long request) {
    var answer = new CompletableFuture<@Nullable Void>();
    return send(new StudyActor.Instruct(instruction, by, request, answer), answer);
  }

  /**
   * Asks for a candidate, in a study that was opened without an estimator.
   *
   * @return completes when there is one, with nothing once there will be no more
   */
  public CompletionStage<Optional<Asked<T>>> ask() {
    var answer = new CompletableFuture<@Nullable AskedTrial>();
    return send(new StudyActor.Ask(answer), answer)
        .handle(
            (asked, failure) -> {
              if (failure != null && !outcome.isDone()) {
                throw new CompletionException(failure);
              }
              return Optional.ofNullable(asked).map(this::asked);
            });
  }

  /**
   * Sends a question. The answer completes on a thread that is not the study's, so that whatever
   * the caller hangs on to it cannot hold up the study.
   */
  @SuppressWarnings("CollectionUndefinedEquality") // by identity, which is what is meant
  private <V> CompletionStage<V> send(StudyActor.Command question, CompletableFuture<V> answer) {
    pending.add(answer);
    actor.tell(question);
    if (outcome.isDone()) {
      giveUp(answer);
    }
    return answer.whenCompleteAsync((value, failure) -> pending.remove(answer));
  }

  private void giveUp(CompletableFuture<?> answer) {
    answer.completeExceptionally(
        new IllegalStateException("Study '%s': it has ended.".formatted(name)));
  }

  private Asked<T> asked(AskedTrial trial) {
    var evaluate = (Suggestion.Evaluate) trial.suggestion();
    return new Asked<>(
        trial.attempt(),
        space.instance(evaluate.candidate()),
        evaluate.fidelity(),
        evaluate.explanation());
  }

  /**
   * Reports a value of the first objective of a trial that was asked for.
   *
   * @param step how far it has come, above the step before
   * @return whether to go on; after {@code STOP} tell any value to end the trial as pruned
   */
  public CompletionStage<Verdict> report(Asked<T> trial, long step, double value) {
    var answer = new CompletableFuture<Verdict>();
    Metrics metrics = Metrics.of(objective.metric(), value);
    var measurement = new Measurement(step, metrics, 0);
    return send(new StudyActor.Report(trial.attempt(), measurement, answer), answer);
  }

  /**
   * Tells the value of the first objective of a trial that was asked for.
   *
   * @return completes when it is recorded; with an {@link IllegalStateException} if the trial has
   *     ended before
   */
  public CompletionStage<Void> tell(Asked<T> trial, double value) {
    return tell(trial, Metrics.of(objective.metric(), value));
  }

  /** Tells the result of a trial that was asked for. */
  public CompletionStage<Void> tell(Asked<T> trial, Metrics metrics) {
    var answer = new CompletableFuture<@Nullable Void>();
    return send(new StudyActor.Tell(trial.attempt(), metrics, null, answer), answer);
  }

  /** Tells that a trial that was asked for has no result. */
  public CompletionStage<Void> tellFailure(Asked<T> trial, String reason) {
    var answer = new CompletableFuture<@Nullable Void>();
    return send(new StudyActor.Tell(trial.attempt(), null, reason, answer), answer);
  }
}
