package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.weights.WeightNeeds;
import dev.troupe.space.Configuration;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.Attempt;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Order;
import dev.troupe.study.Outcome;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The books of one study: which trials there are, what may be suggested next and on what knowledge,
 * how each trial ended, when the study is over. Plain and single-threaded: the study actor turns
 * messages into calls, and answers into messages.
 *
 * <p>Under logical order the strategy sees results as if trials ended in the order of their
 * numbers, {@code lookahead} behind the next suggestion. What was told decides everything that
 * follows: also whether the target is reached. So the trials are the same for any timing. Where
 * trials pause and go on, it is the suggestions that are counted, each of which has an outcome: the
 * trial has paused, or it has ended.
 */
final class StudyBooks {

  private static final int MOST_LOSSES = 10;
  private static final String TRIALS_SPENT = "the budget of %d trials is spent";
  private static final String NOTHING_LEFT = "the strategy has nothing left to suggest";
  private static final Explanation QUEUED = Explanation.of("It was enqueued by the user.");

  /** Trials in a row, and for each place, that may take no time where time is the only limit. */
  private static final long MOST_TIMELESS = 10_000;

  private static final long MOST_TIMELESS_A_PLACE = 10;

  private final StudySetup setup;
  private final Instructions instructions;
  private final boolean logical;
  private final Incumbents incumbents;
  private final ActiveTrials active = new ActiveTrials();
  private final PausedTrials paused;
  private final Map<TrialState, Long> counts = new EnumMap<>(TrialState.class);

  /** Outcomes that the strategy has not been told of: by suggestion, or as they arrived. */
  private final Map<Long, News> untoldByTurn = new TreeMap<>();

  private final List<News> untoldByArrival = new ArrayList<>();

  /** Under logical order, the trials that run, by suggestion. */
  private final Map<Long, RunningTrial> activeByTurn = new HashMap<>();

  /** All that the pruner may look back on, in the order of telling; kept only if there is one. */
  private final PrefixList<EndedTrial> history = new PrefixList<>();

  private long nextNumber = 1;
  private long nextTurn = 1;

  /** Of how many suggestions the strategy knows the outcome; under logical order, of the first. */
  private long told;

  /** At least {@link #told}: what a candidate of somebody else's made visible, too. */
  private long learned;

  private boolean strategyBusy;
  private boolean waitsForNews;
  private @Nullable String endReason;
  private StudyState state = StudyState.DONE;
  private boolean stopping;
  private boolean interrupting;

  /** Budget in the order of telling: under logical order, what the next suggestion may know. */
  private final Incumbents known;

  /** The best at the study's low fidelity, with which later ones of their kind are compared. */
  private final Incumbents knownLow;

  private long sinceImprovement;

  private long timeOfLastEnd = Long.MIN_VALUE;
  private long sinceTimePassed;

  StudyBooks(StudySetup setup) {
    this.setup = setup;
    this.instructions = Instructions.of(setup);
    this.logical = setup.order() == Order.LOGICAL;
    this.paused = new PausedTrials(setup.completion());
    this.incumbents = new Incumbents(setup.objectives(), setup::isFull);
    this.known = new Incumbents(setup.objectives().subList(0, 1), setup::isFull);
    this.knownLow = new Incumbents(setup.objectives().subList(0, 1), suggestion -> true);
  }

  // Suggestions

  /**
   * Returns the next turn of the strategy, or null if there is none now.
   *
   * @param places how many more trials may be in flight
   */
  @Nullable StrategyCall nextCall(int places) {
    if (strategyBusy || isEnding() || places < 1) {
      return null;
    }
    return logical ? nextLogicalCall() : nextArrivalCall(places);
  }

  /** Returns whether a turn of the strategy is outstanding. */
  boolean isStrategyBusy() {
    return strategyBusy;
  }

  private @Nullable StrategyCall nextArrivalCall(int places) {
    if (waitsForNews && untoldByArrival.isEmpty()) {
      return null;
    }
    int fresh = (int) Math.min(places, Math.max(0, trialsLeft()));
    if (fresh < 1 && !paused.arePossible()) {
      end(TRIALS_SPENT.formatted(instructions.budget().trials()));
      return null;
    }
    List<News> news = List.copyOf(untoldByArrival);
    untoldByArrival.clear();
    told += news.size();
    int count = paused.arePossible() ? places : fresh;
    return call(news, active.views(), active.seen(), count, fresh);
  }

  private StrategyCall call(
      List<News> news,
      List<ActiveTrial> running,
      Map<TrialId, Integer> seen,
      int count,
      int fresh) {
    strategyBusy = true;
    var ended = new ArrayList<EndedTrial>(news.size());
    var rested = new ArrayList<PausedTrial>();
    for (News each : news) {
      if (each instanceof News.Ended end) {
        ended.add(end.trial());
      } else {
        rested.add(((News.Paused) each).trial());
      }
    }
    return new StrategyCall(List.copyOf(ended), List.copyOf(rested), running, seen, count, fresh);
  }

  private @Nullable StrategyCall nextLogicalCall() {
    int fresh = trialsLeft() < 1 ? 0 : 1;
    if (fresh < 1 && !paused.arePossible()) {
      end(TRIALS_SPENT.formatted(instructions.budget().trials()));
      return null;
    }
    long visible = Math.max(told, nextTurn - setup.lookahead());
    if (waitsForNews) {
      visible = Math.max(visible, told + 1);
    }
    if (!haveEnded(visible)) {
      return null;
    }
    List<News> news = tell(visible);
    return isEnding() ? null : call(news, pending(), Map.of(), 1, fresh);
  }

  private boolean haveEnded(long visible) {
    for (long turn = told + 1; turn <= visible; turn++) {
      if (!untoldByTurn.containsKey(turn)) {
        return false;
      }
    }
    return true;
  }

  private List<News> tell(long visible) {
    var news = new ArrayList<News>();
    while (told < visible) {
      told++;
      news.add(requireNonNull(untoldByTurn.get(told)));
      learnUpTo(told);
      untoldByTurn.remove(told);
    }
    return news;
  }

  /** Under logical order outcomes are taken into account in the order of the suggestions. */
  private void learnUpTo(long visible) {
    while (learned < visible) {
      learned++;
      if (requireNonNull(untoldByTurn.get(learned)) instanceof News.Ended end) {
        learn(end.trial());
      }
    }
  }

  /** Under logical order whatever has not been told counts as running, without measurements. */
  private List<ActiveTrial> pending() {
    var pending = new ArrayList<ActiveTrial>();
    for (long turn = told + 1; turn < nextTurn; turn++) {
      RunningTrial running = activeByTurn.get(turn);
      News outcome = untoldByTurn.get(turn);
      if (running != null) {
        pending.add(running.view(false));
      } else if (outcome != null) {
        pending.add(new ActiveTrial(outcome.id(), outcome.suggestion(), List.of()));
      }
    }
    pending.sort(Comparator.comparing(ActiveTrial::id));
    return pending;
  }

  /**
   * Takes the strategy's answer into the books.
   *
   * @return the trials, new or resumed, waiting to run
   */
  List<RunningTrial> suggested(StrategyCall call, List<Suggestion> suggestions) {
    strategyBusy = false;
    waitsForNews = suggestions.isEmpty();
    if (suggestions.isEmpty() && call.active().isEmpty()) {
      end(call.fresh() < 1 ? TRIALS_SPENT.formatted(instructions.budget().trials()) : NOTHING_LEFT);
    }
    var trials = new ArrayList<RunningTrial>(suggestions.size());
    for (Suggestion suggestion : suggestions) {
      TrialId resumed = paused.resumedBy(suggestion);
      trials.add(resumed == null ? take(suggestion) : resume(resumed, suggestion));
    }
    return trials;
  }

  /** Returns what is wrong with the strategy's answer, or null. */
  @Nullable String problem(StrategyCall call, List<Suggestion> suggestions) {
    return paused.arePossible() ? paused.problem(suggestions, call.fresh()) : null;
  }

  private RunningTrial resume(TrialId id, Suggestion suggestion) {
    RunningTrial trial = requireNonNull(paused.remove(id));
    trial.goOn(suggestion);
    begin(trial);
    return trial;
  }

  private void begin(RunningTrial trial) {
    trial.takeTurn(nextTurn);
    nextTurn++;
    activate(trial);
  }

  private void activate(RunningTrial trial) {
    active.add(trial);
    if (logical) {
      activeByTurn.put(trial.turn(), trial);
    }
  }

  private void deactivate(RunningTrial trial) {
    active.remove(trial.id().number());
    activeByTurn.remove(trial.turn());
  }

  /**
   * Takes the next candidate that somebody else wants evaluated, if it is its turn.
   *
   * <p>The strategy is not asked meanwhile, so that what it is told is always what was suggested
   * before. Under logical order the trial begins like any other: when those have ended that it may
   * know.
   *
   * @param places how many more trials may be in flight
   * @return the new trial, waiting to run; null if there is none now
   */
  @Nullable RunningTrial nextQueued(int places) {
    if (strategyBusy || isEnding() || places < 1 || trialsLeft() < 1) {
      return null;
    }
    long visible = nextTurn - setup.lookahead();
    if (instructions.waiting() == 0 || logical && !haveEnded(visible)) {
      return null;
    }
    return takeQueued(Suggestion.evaluate(requireNonNull(instructions.poll())).explained(QUEUED));
  }

  private RunningTrial takeQueued(Suggestion suggestion) {
    if (logical) {
      learnUpTo(nextTurn - setup.lookahead());
    }
    return take(suggestion);
  }

  private RunningTrial take(Suggestion suggestion) {
    var trial = new RunningTrial(TrialId.of(nextNumber), suggestion);
    begin(trial);
    nextNumber++;
    return trial;
  }

  // Recovery: steps that are on record, taken again in their order

  /**
   * Takes a recorded turn of the strategy into the books.
   *
   * @param news the ended and the paused trials that it learned of
   * @param fresh how many new trials it was asked for
   * @param made how many suggestions it made
   * @throws IllegalArgumentException if one of {@code news} has no outcome, or was told before
   */
  void askedBefore(List<TrialId> news, int fresh, int made) {
    if (logical) {
      tellBefore(news);
    } else if (!news.isEmpty()) {
      Set<TrialId> ids = new HashSet<>(news);
      int before = untoldByArrival.size();
      untoldByArrival.removeIf(outcome -> ids.contains(outcome.id()));
      requireUntold(before - untoldByArrival.size() == news.size(), news);
      told += news.size();
    }
    waitsForNews = made == 0;
    if (made == 0 && fresh > 0 && told == nextTurn - 1) { // it knew all outcomes before
      end(NOTHING_LEFT);
    }
  }

  /** The study is taken up again, perhaps with more trials: the strategy is asked once more. */
  void takenUp() {
    waitsForNews &= !paused.arePossible();
  }

  private void tellBefore(List<TrialId> news) {
    for (TrialId trial : news) {
      News next = untoldByTurn.get(told + 1);
      requireUntold(next != null && next.id().equals(trial), news);
      tell(told + 1);
    }
  }

  private static void requireUntold(boolean untold, List<TrialId> news) {
    if (!untold) {
      throw new IllegalArgumentException(
          "the strategy was told of trials %s, which had not all ended by then".formatted(news));
    }
  }

  /**
   * Takes a recorded trial into the books; it has begun for all that is known.
   *
   * @throws IllegalArgumentException if its number is not the next one
   */
  void suggestedBefore(TrialId id, Suggestion suggestion) {
    TrialId resumed = paused.resumedBy(suggestion);
    if (id.equals(resumed) && paused.get(id) != null) {
      resume(id, suggestion);
      return;
    }
    requireNext(id);
    take(suggestion);
  }

  private void requireNext(TrialId id) {
    if (id.number() != nextNumber) {
      throw new IllegalArgumentException(
          "trial %s was suggested where trial %d was due".formatted(id, nextNumber));
    }
  }

  /**
   * Takes a recorded trial into the books that the strategy has not suggested.
   *
   * @throws IllegalArgumentException if nobody else has, or its number is not the next one
   */
  void queuedBefore(TrialId id, Suggestion suggestion) {
    requireNext(id);
    long visible = nextTurn - setup.lookahead();
    if (logical && !haveEnded(visible)) {
      throw new IllegalArgumentException(
          "trial %s was suggested before all trials up to %d had ended".formatted(id, visible));
    }
    Configuration candidate = instructions.poll();
    if (candidate == null || !isOf(suggestion, candidate)) {
      throw new IllegalArgumentException("trial %s was suggested by nobody".formatted(id));
    }
    takeQueued(suggestion);
  }

  /**
   * Takes a trial into the books of which a repaired record does not tell whose suggestion it was.
   *
   * @throws IllegalArgumentException if its number is not the next one
   */
  void mendedBefore(TrialId id, Suggestion suggestion) {
    requireNext(id);
    Configuration queued = instructions.peek();
    if (queued != null && isOf(suggestion, queued)) {
      instructions.poll();
    }
    take(suggestion);
  }

  private static boolean isOf(Suggestion suggestion, Configuration queued) {
    return suggestion.unexplained().equals(Suggestion.evaluate(queued));
  }

  /** Takes an instruction that is on record into account. */
  void instructed(StudyEvent.StudyInstructed event) {
    instructions.take(event);
    boolean exhausted = NOTHING_LEFT.equals(endReason);
    boolean moreToDo =
        event.instruction() instanceof Instruction.Extend && !exhausted
            || event.instruction() instanceof Instruction.Enqueue && exhausted;
    if (moreToDo && !stopping) {
      endReason = null;
      takenUp();
      checkProgress();
    }
  }

  /** Returns what they say of trials that nobody needs one by one any more. */
  StudySums sums() {
    return new StudySums(
        nextNumber - 1,
        told,
        waitsForNews,
        counts,
        incumbents.best(),
        incumbents.front(),
        known.best(),
        sinceImprovement,
        nextTurn - 1,
        openTurns());
  }

  private Map<TrialId, Long> openTurns() {
    var open = new HashMap<TrialId, Long>();
    if (paused.arePossible()) {
      active.all().forEach(trial -> open.put(trial.id(), trial.turn()));
      untoldByTurn.forEach((turn, outcome) -> open.put(outcome.id(), turn));
      untoldByArrival.forEach(outcome -> open.put(outcome.id(), 0L));
    }
    return open;
  }

  /**
   * Begins from a snapshot.
   *
   * @param sums all that have ended by then are part of it
   * @param earlier the trials that had ended by then, in the order of their ends; empty if there is
   *     neither a pruner, who may look back on them, nor a low fidelity
   */
  void restore(StudySums sums, List<EndedTrial> earlier) {
    nextNumber = sums.suggested() + 1;
    nextTurn = sums.turns() + 1;
    told = sums.told();
    waitsForNews = sums.waitsForNews();
    counts.putAll(sums.counts());
    incumbents.restore(sums.best(), sums.front());
    known.restore(sums.knownBest(), List.of());
    sinceImprovement = sums.sinceImprovement();
    if (logical) {
      learned = Math.max(told, sums.turns() - setup.lookahead());
      earlier.stream()
          .filter(trial -> trial.id().number() <= learned)
          .sorted(Comparator.comparing(EndedTrial::id))
          .forEach(this::restoreLearned);
    } else {
      earlier.forEach(this::restoreLearned);
    }
  }

  /**
   * Takes a trial in that was open when the snapshot was taken; one that was paused goes on.
   *
   * @param turns the last suggestion of each trial; without those that are at their first
   */
  void restoreOpen(TrialId id, Suggestion suggestion, Map<TrialId, Long> turns) {
    RunningTrial trial = paused.remove(id);
    if (trial == null) {
      trial = new RunningTrial(id, suggestion);
    } else {
      trial.goOn(suggestion);
    }
    // What is told has no suggestion any more: its number must not be that of another trial.
    trial.takeTurn(turns.getOrDefault(id, paused.arePossible() ? -id.number() : id.number()));
    activate(trial);
  }

  /** A restored trial had ended by then, and the strategy did not know it. */
  void restoreEnded(EndedTrial trial) {
    RunningTrial open = active.get(trial.id().number());
    if (open != null) {
      deactivate(open);
      addUntold(open.turn(), new News.Ended(trial));
    }
  }

  /** A restored trial had paused by then. */
  void restorePaused(RunningTrial trial, StudyEvent.TrialPaused event) {
    rest(trial, event);
  }

  /**
   * All of the snapshot is restored: the strategy is still to be told of the trials that had paused
   * and are among {@code turns}.
   */
  void restoreUntold(Map<TrialId, Long> turns) {
    for (RunningTrial trial : paused.all()) {
      if (turns.containsKey(trial.id())) {
        addUntold(trial.turn(), new News.Paused(trial.paused()));
      }
    }
  }

  private void addUntold(long turn, News outcome) {
    if (logical) {
      untoldByTurn.put(turn, outcome);
    } else {
      untoldByArrival.add(outcome);
    }
  }

  /** Returns a trial that has not ended, or null. */
  @Nullable RunningTrial active(TrialId id) {
    RunningTrial running = active.get(id.number());
    return running == null ? paused.get(id) : running;
  }

  // Trials

  /** Returns the trial if {@code attempt} is its current run, else null: a late message. */
  @Nullable RunningTrial current(Attempt attempt) {
    RunningTrial trial = active.get(attempt.trial().number());
    return trial != null && trial.attempt().equals(attempt) ? trial : null;
  }

  /**
   * Books a measurement.
   *
   * @return what the pruner is to be asked about it; null if there is nothing to ask, or if the
   *     study is interrupted
   */
  @Nullable PrunerCall measured(RunningTrial trial, Measurement measurement) {
    trial.measure(measurement);
    return setup.pruner() == null || trial.isPruned() || interrupting ? null : question(trial);
  }

  private PrunerCall question(RunningTrial trial) {
    if (!logical) {
      return new PrunerCall(
          trial.view(true), history.prefix(history.size()), active.viewsBut(trial));
    }
    int visible = (int) Math.max(0, trial.turn() - setup.lookahead());
    return new PrunerCall(trial.view(true), history.prefix(visible), List.of());
  }

  /** Books what the pruner said about the newest measurement of a trial. */
  void judged(RunningTrial trial, Verdict verdict) {
    if (verdict == Verdict.STOP) {
      trial.prune();
    }
  }

  /** Returns whether a failure is worth another attempt. */
  boolean mayRetry(RunningTrial trial) {
    return trial.failures() <= setup.retries() && !trial.isPruned() && !stopping;
  }

  /** Returns whether a trial that ran out of memory gets its device for itself. */
  boolean mayRunAlone(RunningTrial trial) {
    return trial.shortages() == 0 && !stopping;
  }

  /**
   * Returns whether a trial that was lost with its worker is begun anew. One that takes too many
   * workers with it is suspected to be the cause.
   */
  boolean mayRepeat(RunningTrial trial) {
    return trial.losses() < MOST_LOSSES && !stopping;
  }

  /**
   * Returns how a trial ended whose estimator returned.
   *
   * @param returned the result, or nothing if the last measurement is the result
   */
  Outcome outcome(RunningTrial trial, Metrics returned) {
    Metrics last =
        trial.measurements().isEmpty()
            ? Metrics.none()
            : trial.measurements().get(trial.measurements().size() - 1).metrics();
    if (trial.isPruned()) {
      return new Outcome.Pruned(last);
    }
    if (trial.isCut()) {
      return new Outcome.Stopped();
    }
    Metrics result =
        returned.numbers().isEmpty() && returned.vectorNames().isEmpty() ? last : returned;
    if (!(trial.suggestion() instanceof Suggestion.Evaluate)) {
      return new Outcome.Completed(result); // a supernet's answer need not hold the objectives
    }
    for (Objective objective : setup.objectives()) {
      String metric = objective.metric();
      if (!result.has(metric)) {
        return new Outcome.Failed(
            "Trial %s: the estimator must report '%s', but reported %s. Maybe change study.metric."
                .formatted(trial.id(), metric, result));
      }
      if (!Double.isFinite(result.get(metric))) {
        return new Outcome.Failed(
            "Trial %s: '%s' was %s, which is no value to compare. Maybe narrow the space."
                .formatted(trial.id(), metric, result.get(metric)));
      }
    }
    return new Outcome.Completed(result);
  }

  /** Ends the study if devices were held for as long as the budget allows. */
  void checkHours(double deviceHours, double gpuHours) {
    checkHours("device-hours", deviceHours, instructions.budget().deviceHours());
    checkHours("gpu-hours", gpuHours, instructions.budget().gpuHours());
  }

  private void checkHours(String name, double hours, @Nullable Double limit) {
    if (limit != null && hours >= limit) {
      end("the budget of %s %s is spent".formatted(limit, name));
    }
  }

  /**
   * Returns whether a budget of virtual time will never be spent: trial after trial takes none.
   *
   * @param nanos the reading of the clock at the end of one more trial
   */
  boolean isTimeless(long nanos) {
    if (nanos != timeOfLastEnd) {
      timeOfLastEnd = nanos;
      sinceTimePassed = 0;
    }
    sinceTimePassed++;
    Budget budget = instructions.budget();
    return budget.virtualTime() != null
        && budget.trials() == null
        && sinceTimePassed > MOST_TIMELESS + MOST_TIMELESS_A_PLACE * instructions.parallelism();
  }

  /** Returns whether a trial that has got where it was to get waits there to be resumed. */
  boolean pauses(RunningTrial trial) {
    return paused.pauses(trial.suggestion());
  }

  /** A trial waits to be resumed. */
  void paused(RunningTrial trial, StudyEvent.TrialPaused event) {
    rest(trial, event);
    addUntold(trial.turn(), new News.Paused(trial.paused()));
  }

  private void rest(RunningTrial trial, StudyEvent.TrialPaused event) {
    deactivate(trial);
    trial.pause(event);
    paused.add(trial);
  }

  /**
   * Closes a trial.
   *
   * @return whether it is the new best one
   */
  boolean ended(EndedTrial trial) {
    long turn = close(trial.id());
    counts.merge(trial.state(), 1L, Long::sum);
    boolean best = incumbents.offer(trial);
    addUntold(turn, new News.Ended(trial));
    if (!logical) {
      learn(trial);
    }
    return best;
  }

  /** Returns at which suggestion a trial was that is no longer open. */
  private long close(TrialId id) {
    RunningTrial running = active.get(id.number());
    if (running != null) {
      deactivate(running);
      return running.turn();
    }
    RunningTrial rested = paused.remove(id); // only a repaired record ends such a trial
    return rested == null ? id.number() : rested.turn();
  }

  /** Takes an outcome into account as far as budget and pruner are concerned. */
  private void learn(EndedTrial trial) {
    addToHistory(trial);
    boolean low = setup.lowFidelity() != null && !setup.isFull(trial.suggestion());
    boolean better = low ? improvesLow(trial) : known.offer(trial);
    if (better) {
      sinceImprovement = 0;
    } else if (low || setup.lowFidelity() == null) { // a check is no step of the search
      sinceImprovement++;
    }
    checkProgress();
  }

  private void addToHistory(EndedTrial trial) {
    if (setup.pruner() != null) {
      history.add(trial);
    }
  }

  private boolean improvesLow(EndedTrial trial) {
    known.offer(trial);
    return knownLow.offer(trial);
  }

  /** Takes a trial into account that ended before a snapshot was taken. */
  private void restoreLearned(EndedTrial trial) {
    addToHistory(trial);
    if (setup.lowFidelity() != null && !setup.isFull(trial.suggestion())) {
      knownLow.offer(trial);
    }
  }

  /** Ends the study if it has found enough, or nothing better for long enough. */
  private void checkProgress() {
    EndedTrial best = known.best();
    Double target = instructions.budget().target();
    if (target != null && best != null && reaches(best, target)) {
      end("the target of %s is reached".formatted(target));
    }
    Long patience = instructions.budget().noImprovement();
    if (patience != null && sinceImprovement >= patience) {
      end("%d trials in a row brought no improvement".formatted(patience));
    }
  }

  private boolean reaches(EndedTrial best, double target) {
    Objective objective = setup.mainObjective();
    if (setup.lowFidelity() != null
        && setup.lowFidelity().check() > 0
        && !setup.isFull(best.suggestion())) {
      return false; // only a full evaluation reaches it
    }
    return objective.loss(best.metrics()) <= objective.direction().toLoss(target);
  }

  // The end

  /** Ends the study: nothing more is suggested. The first reason counts. */
  void end(String reason) {
    if (endReason == null) {
      endReason = reason;
    }
  }

  boolean isEnding() {
    return endReason != null;
  }

  /**
   * Ends the study before its trials have: nothing begins any more, nor is tried again. A failure
   * outweighs any reason before it.
   *
   * @param because how the study ends thereby; {@code DONE} for a budget
   * @param interrupt whether running trials end, too
   * @return whether there is anything to do about it
   */
  boolean stop(StudyState because, String reason, boolean interrupt) {
    if (state == StudyState.FAILED) {
      return false;
    }
    if (!stopping || because == StudyState.FAILED) {
      endReason = reason;
    }
    if (because != StudyState.DONE) {
      state = because;
    }
    boolean news = !stopping || interrupt && !interrupting;
    stopping = true;
    interrupting |= interrupt;
    return news;
  }

  /** Returns how the study ends, as far as is known. */
  StudyState state() {
    return state;
  }

  boolean isStopping() {
    return stopping;
  }

  boolean isInterrupting() {
    return interrupting;
  }

  /** Returns whether it is ending and all its trials have ended. */
  boolean isOver() {
    return isEnding() && active.size() == 0;
  }

  String endReason() {
    return endReason == null ? "it has not ended" : endReason;
  }

  /**
   * Returns whose weights must stay when a strategy has suggested: those of open trials, of their
   * parents and of the incumbents; and of which it may still name the trials as parents: what it
   * was not told of has to be regarded as such.
   *
   * @param heritable what it says of those that it was told of, or null
   */
  WeightNeeds needs(StrategyCall call, @Nullable Set<TrialId> heritable) {
    var needed = new HashSet<TrialId>();
    for (RunningTrial trial : open()) {
      needed.add(trial.id());
      if (trial.suggestion() instanceof Suggestion.Evaluate evaluate
          && evaluate.weights().parent() != null) {
        needed.add(evaluate.weights().parent());
      }
    }
    incumbents.front().forEach(each -> needed.add(each.id()));
    call.active().forEach(each -> needed.add(each.id()));
    TrialId newest = needed.stream().max(Comparator.naturalOrder()).orElse(TrialId.of(1));
    return new WeightNeeds(needed, heritable, newest);
  }

  // Readings

  Collection<RunningTrial> active() {
    return active.all();
  }

  int activeCount() {
    return active.size();
  }

  /** Returns the trials that wait to be resumed, in the order in which they have paused. */
  Collection<RunningTrial> paused() {
    return paused.all();
  }

  /** Returns all trials that have not ended. */
  List<RunningTrial> open() {
    var open = new ArrayList<RunningTrial>(active.all());
    open.addAll(paused.all());
    return open;
  }

  /** Returns how many trials are on their way to where they run. */
  int waitingCount() {
    return (int) active.all().stream().filter(trial -> trial.state() == TrialState.WAITING).count();
  }

  long count(TrialState state) {
    return counts.getOrDefault(state, 0L);
  }

  Incumbents incumbents() {
    return incumbents;
  }

  /** Returns what was asked of the study. */
  Instructions instructions() {
    return instructions;
  }

  private long trialsLeft() {
    Long trials = instructions.budget().trials();
    return trials == null ? Long.MAX_VALUE : trials - (nextNumber - 1);
  }
}
