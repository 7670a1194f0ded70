package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.estimator.Failures;
import dev.troupe.estimator.pruning.Pruner;
import dev.troupe.study.Verdict;
import java.util.concurrent.ExecutorService;

/**
 * Owns a pruner. It is the user's code, which may take long and throw anything, so it runs on a
 * thread of its own, one call at a time and in the order of the questions.
 */
final class PrunerActor extends AbstractBehavior<PrunerActor.Command> {

  /** What a pruner is told. */
  sealed interface Command {}

  /**
   * Judge a trial.
   *
   * @param call on what knowledge
   * @param replyTo gets the verdict
   */
  record Judge(PrunerCall call, ActorRef<? super Reply> replyTo) implements Command {}

  /** What a pruner answers. */
  sealed interface Reply {

    /** Returns the question. */
    PrunerCall call();
  }

  /**
   * It has judged.
   *
   * @param call the question
   * @param verdict what the trial is to do
   */
  record Judged(PrunerCall call, Verdict verdict) implements Reply {}

  /**
   * It threw, or broke its contract: a study cannot go on without its pruner.
   *
   * @param call the question
   * @param reason what happened
   */
  record PrunerFailed(PrunerCall call, String reason) implements Reply {}

  private final Pruner pruner;
  private final ExecutorService thread;

  private PrunerActor(ActorContext<Command> context, String study, Pruner pruner, Timers timers) {
    super(context);
    this.pruner = pruner;
    this.thread = timers.thread("troupe-pruner-" + study);
  }

  /** Returns the behaviour that owns the pruner of a study. */
  static Behavior<Command> create(String study, Pruner pruner, Timers timers) {
    return Behaviors.setup(context -> new PrunerActor(context, study, pruner, timers));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Judge.class, this::onJudge)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onJudge(Judge request) {
    thread.execute(() -> request.replyTo().tell(judge(request.call())));
    return this;
  }

  private Reply judge(PrunerCall call) {
    try {
      Verdict verdict = pruner.judge(call.trial(), call.ended(), call.active());
      return new Judged(call, requireNonNull(verdict, "it returned null"));
    } catch (Throwable e) { // the user's code may throw anything; no error may reach an actor
      return new PrunerFailed(call, Failures.describe(e));
    }
  }

  private Behavior<Command> onPostStop() {
    thread.shutdownNow();
    return this;
  }
}
