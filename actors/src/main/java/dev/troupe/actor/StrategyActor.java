package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Failures;
import dev.troupe.strategy.Strategy;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  /**
   * Come to where the strategy of a recorded study was.
   *
   * @param facts the study's record, which has been found in order
   * @param replyTo is told how it went
   */
  record Replay(LedgerActor.Facts facts, ActorRef<? super Reply> replyTo) implements Command {}

  /**
   * Save your state, for a snapshot.
   *
   * @param replyTo gets it
   */
  record Save(ActorRef<? super Reply> replyTo) implements Command {}

  /** What a strategy answers. */
  sealed interface Reply {}

  /**
   * It has gone through the recorded calls.
   *
   * @param problem why it is not the strategy that is on record, or null
   */
  record Replayed(@Nullable String problem) implements Reply {}

  /**
   * It has saved its state.
   *
   * @param state what it saved, or null if it could not
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and too large to be copied
  record Saved(byte @Nullable [] state) implements Reply {}

  /**
   * It has suggested.
   *
   * @param call the request
   * @param suggestions at most as many as asked for, in the space, of kinds that are served
   * @param seconds how long it took
   * @param heritable those of the trials that it was told of which it may name as parents; null if
   *     it does not say
   */
  record Suggested(
      StrategyCall call,
      List<Suggestion> suggestions,
      double seconds,
      @Nullable Set<TrialId> heritable)
      implements Reply {}

  /**
   * It threw, or broke its contract: a study cannot go on without its strategy.
   *
   * @param reason what happened
   */
  record StrategyFailed(String reason) implements Reply {}

  private static final Logger log = LoggerFactory.getLogger(StrategyActor.class);
  private static final double NANOS_PER_SECOND = 1e9;

  private final StudySetup setup;
  private final Timers timers;
  private final ExecutorService thread;

  /** Used by the strategy's thread alone. */
  private boolean hasRemarked;

  private StrategyActor(ActorContext<Command> context, StudySetup setup, Timers timers) {
    super(context);
    this.setup = setup;
    this.timers = timers;
    this.thread = timers.thread("troupe-strategy-" + setup.name());
  }

  /** Returns the behaviour that owns the strategy of a study. */
  static Behavior<Command> create(StudySetup setup, Timers timers) {
    return Behaviors.setup(context -> new StrategyActor(context, setup, timers));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Suggest.class, this::onSuggest)
        .onMessage(Replay.class, this::onReplay)
        .onMessage(Save.class, this::onSave)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onSuggest(Suggest request) {
    thread.execute(() -> request.replyTo().tell(consult(request.call())));
    return this;
  }

  private Behavior<Command> onReplay(Replay request) {
    thread.execute(() -> request.replyTo().tell(replay(request.facts())));
    return this;
  }

  private Reply replay(LedgerActor.Facts facts) {
    try {
      StrategyReplay.run(setup.strategy(), facts);
      return new Replayed(null);
    } catch (IllegalArgumentException e) {
      return new Replayed(String.valueOf(e.getMessage()));
    } catch (Throwable e) { // the user's code may throw anything; no error may reach an actor
      return new Replayed("it failed on what is on record: " + Failures.describe(e));
    }
  }

  private Behavior<Command> onSave(Save request) {
    thread.execute(() -> request.replyTo().tell(save()));
    return this;
  }

  private Reply save() {
    try {
      return new Saved(requireNonNull(setup.strategy().save(), "it saved nothing"));
    } catch (Throwable e) { // the user's code may throw anything; no error may reach an actor
      log.warn(
          "Study '{}': its strategy '{}' could not save its state, so that taking the study up again takes longer: {}",
          setup.name(),
          setup.strategyName(),
          Failures.describe(e));
      return new Saved(null);
    }
  }

  private Reply consult(StrategyCall call) {
    long start = timers.machineNanos();
    try {
      Strategy strategy = setup.strategy();
      List<Suggestion> suggestions =
          consult(strategy, call.told(), call.paused(), call.active(), call.count(), call.fresh());
      remark(strategy);
      String problem = problem(call, suggestions);
      return problem == null
          ? new Suggested(
              call,
              suggestions,
              (timers.machineNanos() - start) / NANOS_PER_SECOND,
              strategy.heritable().orElse(null))
          : new StrategyFailed(problem);
    } catch (Throwable e) { // the user's code may throw anything; no error may reach an actor
      return new StrategyFailed(Failures.describe(e));
    }
  }

  /** Makes one call of a strategy; the same live and from the record. */
  static List<Suggestion> consult(
      Strategy strategy,
      List<EndedTrial> ended,
      List<PausedTrial> paused,
      List<ActiveTrial> active,
      int count,
      int fresh) {
    if (!paused.isEmpty()) {
      strategy.paused(paused);
    }
    strategy.update(RecordRepair.known(ended), active);
    return List.copyOf(fresh == count ? strategy.suggest(count) : strategy.suggest(count, fresh));
  }

  private void remark(Strategy strategy) {
    if (!hasRemarked) {
      hasRemarked = true;
      strategy.remark().ifPresent(words -> log.info("Study '{}': {}", setup.name(), words));
    }
  }

  /**
   * Returns what is wrong with the answer, or null. Asks the space and the estimator: users' code.
   */
  private @Nullable String problem(StrategyCall call, List<Suggestion> suggestions) {
    if (suggestions.size() > call.count()) {
      return "it was asked for %d suggestions, but made %d"
          .formatted(call.count(), suggestions.size());
    }
    for (Suggestion suggestion : suggestions) {
      if (suggestion instanceof Suggestion.Evaluate evaluate
          && !setup.space().contains(evaluate.candidate())) {
        return "it suggested %s, which is not in the space".formatted(evaluate.candidate());
      }
      if (!serves(suggestion.getClass())) {
        return "it suggested %s, which the estimator does not serve. Maybe choose another estimator"
            .formatted(suggestion.getClass().getSimpleName());
      }
    }
    return null;
  }

  private boolean serves(Class<? extends Suggestion> kind) {
    Estimator estimator = setup.estimator();
    return estimator == null ? kind == Suggestion.Evaluate.class : estimator.serves(kind);
  }

  private Behavior<Command> onPostStop() {
    thread.shutdownNow();
    return this;
  }
}
