package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.strategy.Strategy;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * Owns a strategy. Fitting a model may take long and may throw anything, so the strategy runs on a
 * thread of its own, one call at a time.
 */
public final class StrategyActor extends AbstractBehavior<StrategyActor.Command> {

  /** What a strategy is told. */
  public sealed interface Command {}

  /**
   * Learn, then suggest.
   *
   * @param call what it learns and how much it may suggest
   * @param replyTo gets the suggestions
   */
  record Suggest(StrategyCall call, ActorRef<? super Reply> replyTo) implements Command {}

  /** What a strategy answers. */
  sealed interface Reply {}

  /**
   * It has suggested.
   *
   * @param call the request
   * @param suggestions at most as many as asked for, if it keeps its contract
   * @param seconds how long it took
   */
  record Suggested(StrategyCall call, List<Suggestion> suggestions, double seconds)
      implements Reply {}

  /**
   * It threw: a study cannot go on without its strategy.
   *
   * @param reason what happened
   */
  record StrategyFailed(String reason) implements Reply {}

  private final Strategy strategy;
  private final Timers timers;
  private final ExecutorService thread;

  private StrategyActor(
      ActorContext<Command> context, String study, Strategy strategy, Timers timers) {
    super(context);
    this.strategy = strategy;
    this.timers = timers;
    this.thread = Threads.single("troupe-strategy-" + study);
  }

  /** Returns the behaviour that owns {@code strategy}. */
  static Behavior<Command> create(String study, Strategy strategy, Timers timers) {
    return Behaviors.setup(context -> new StrategyActor(context, study, strategy, timers));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Suggest.class, this::onSuggest)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onSuggest(Suggest request) {
    thread.execute(() -> request.replyTo().tell(consult(request.call())));
    return this;
  }

  private Reply consult(StrategyCall call) {
    long start = timers.nanos();
    try {
      strategy.update(call.told(), call.active());
      List<Suggestion> suggestions = List.copyOf(strategy.suggest(call.count()));
      return new Suggested(call, suggestions, timers.secondsSince(start));
    } catch (Throwable e) { // the user's code may throw anything; no error may reach an actor
      return new StrategyFailed(Failures.describe(e));
    }
  }

  private Behavior<Command> onPostStop() {
    thread.shutdownNow();
    return this;
  }
}
