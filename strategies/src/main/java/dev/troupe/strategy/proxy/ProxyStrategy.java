package dev.troupe.strategy.proxy;

import static java.util.Objects.requireNonNull;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.SuggestionCodec;
import dev.troupe.space.Configuration;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.LowFidelity;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has whatever another strategy suggests at full fidelity evaluated at a lower one, a proxy, and
 * some candidates at full fidelity, too: whether the proxy ranks them as the real thing does is
 * only known then.
 *
 * <p>The candidates to be checked are spread over the ranking by the first objective, from the best
 * to the worst: among the best alone any proxy ranks badly. The last one is the best that is left
 * when the search is over, so that a study of so many trials ends with a candidate that was seen at
 * full fidelity; {@link CheckSchedule} says when each is due. A check that comes to nothing is made
 * up for by another candidate, as often as there are checks.
 *
 * <p>The strategy inside knows nothing of all that: it sees its own suggestions at full fidelity,
 * with the values of the proxy. Trials at full fidelity, checks and those that a user enqueued, it
 * is not told: their values cannot be compared with the others.
 *
 * <p>Not thread safe, like every strategy. What it suggests is determined by the calls so far.
 */
public final class ProxyStrategy implements Strategy {

  private static final String NAME = "proxy";
  private static final int VERSION = 1;

  @SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
  private record Saved(
      byte[] inner,
      Ranking ranking,
      List<Configuration> outstanding,
      List<Long> counts,
      List<Boolean> flags) {}

  private final Strategy inner;
  private final Objective objective;
  private final Fidelity proxy;
  private final int wanted;
  private CheckSchedule schedule;
  private Ranking ranking = new Ranking();

  /** Candidates that are being checked, in the order of their suggestions. */
  private final Set<Configuration> outstanding = new LinkedHashSet<>();

  private long searched;
  private long ended;
  private long issued;
  private long failed;

  /** Whether the last check that was planned has been made, or cannot be. */
  private boolean released;

  private boolean searching;
  private boolean checking;

  /**
   * Wraps a strategy.
   *
   * @param inner suggests; owned from now on
   * @param objective ranks the candidates
   * @param proxy at what they are evaluated; not full
   * @param check how many are evaluated at full fidelity, too, at least 0; fewer in a study that
   *     may start less than twice as many trials
   * @param plan what the study is given
   * @throws IllegalArgumentException if {@code inner} drives a fidelity itself
   */
  public ProxyStrategy(
      Strategy inner, Objective objective, Fidelity proxy, int check, StudyPlan plan) {
    this.inner = requireNonNull(inner, "inner");
    this.objective = requireNonNull(objective, "objective");
    this.proxy = requireNonNull(proxy, "proxy");
    this.wanted = check;
    this.schedule = CheckSchedule.of(check, plan.trials());
    if (proxy.isFull() || check < 0) {
      throw new IllegalArgumentException(
          "A proxy must limit an axis and be checked on at least 0 candidates, but was %s, on %d. Maybe epochs = 5, on 5."
              .formatted(proxy, check));
    }
    if (inner.completion().isPresent()) {
      throw new IllegalArgumentException(
          "A proxy (fidelity.axes) needs a strategy that leaves the fidelity alone, but this one pauses and resumes trials at fidelities of its own. Maybe random, tpe or gp-ucb, or leave fidelity out.");
    }
  }

  /**
   * Wraps a strategy as a study describes it.
   *
   * @param inner suggests; owned from now on
   * @param objective ranks the candidates
   * @param low at what they are evaluated, and how often in full, too
   * @param ranges what the study's estimator can spend less of
   * @param plan what the study is given
   * @throws IllegalArgumentException if the estimator cannot spend that little, or {@code inner}
   *     drives a fidelity itself
   */
  public static ProxyStrategy of(
      Strategy inner,
      Objective objective,
      LowFidelity low,
      List<FidelityRange> ranges,
      StudyPlan plan) {
    return new ProxyStrategy(inner, objective, low.within(ranges), low.check(), plan);
  }

  /** Returns the strategy that searches, to be looked at only. */
  public Strategy inner() {
    return inner;
  }

  @Override
  public void begin(StudyPlan plan) {
    schedule = CheckSchedule.of(wanted, plan.trials());
    inner.begin(plan);
  }

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>();
    boolean planned = !released && left() == 0;
    addChecks(suggestions, count, planned && !searching);
    if (planned && (searching || checking || !suggestions.isEmpty())) {
      return List.copyOf(suggestions); // the last check waits for what runs, and may fail
    }
    released |= planned; // there was more to spend than planned, or nothing to check
    int more = (int) Math.min(count - suggestions.size(), left());
    List<Suggestion> found = more < 1 ? List.of() : inner.suggest(more);
    searched += found.size();
    found.forEach(each -> suggestions.add(cheaper(each)));
    if (suggestions.isEmpty() && !searching) {
      addChecks(suggestions, count, true); // the space is exhausted
    }
    return List.copyOf(suggestions);
  }

  /** Returns how many more candidates may be searched before the last check. */
  private long left() {
    Long quota = schedule.quota();
    return released || quota == null ? Long.MAX_VALUE : Math.max(0, quota - searched - failed);
  }

  private void addChecks(List<Suggestion> suggestions, int count, boolean over) {
    while (suggestions.size() < count && failed <= schedule.checks()) {
      long valid = issued - failed;
      Ranking.Ranked next = valid < schedule.due(ended, over || released) ? next(valid) : null;
      if (next == null) {
        return;
      }
      ranking.take(next.candidate());
      outstanding.add(next.candidate());
      issued++;
      checking = true;
      suggestions.add(check(next));
    }
  }

  private Ranking.@Nullable Ranked next(long valid) {
    int spread = schedule.spread();
    return valid >= spread || spread < 2
        ? ranking.best()
        : ranking.near((double) valid / (spread - 1));
  }

  private Suggestion check(Ranking.Ranked candidate) {
    return new Suggestion.Evaluate(
        candidate.candidate(),
        Fidelity.full(),
        candidate.suggestion().weights(),
        Explanation.of(
            "It is trial %s again, at full fidelity: it checks how well %s ranks."
                .formatted(candidate.trial(), proxy.axes()),
            Map.of(
                objective.metric() + " at the lower fidelity",
                objective.direction().toLoss(candidate.loss())))); // its own inverse
  }

  private Suggestion cheaper(Suggestion suggestion) {
    return suggestion instanceof Suggestion.Evaluate evaluate && evaluate.fidelity().isFull()
        ? with(evaluate, proxy)
        : suggestion;
  }

  private static Suggestion.Evaluate with(Suggestion.Evaluate evaluate, Fidelity fidelity) {
    return new Suggestion.Evaluate(
        evaluate.candidate(), fidelity, evaluate.weights(), evaluate.explanation());
  }

  private Suggestion asSuggested(Suggestion suggestion) {
    return suggestion instanceof Suggestion.Evaluate evaluate && evaluate.fidelity().equals(proxy)
        ? with(evaluate, Fidelity.full())
        : suggestion;
  }

  private static boolean isFull(Suggestion suggestion) {
    return suggestion instanceof Suggestion.Evaluate evaluate && evaluate.fidelity().isFull();
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    var own = new ArrayList<EndedTrial>();
    for (EndedTrial trial : newlyEnded) {
      if (isFull(trial.suggestion())) {
        takeFull(trial);
      } else {
        take(trial);
        own.add(
            new EndedTrial(
                trial.id(),
                asSuggested(trial.suggestion()),
                trial.measurements(),
                trial.outcome(),
                trial.deviceSeconds()));
      }
    }
    var running = new ArrayList<ActiveTrial>();
    for (ActiveTrial trial : active) {
      if (!isFull(trial.suggestion())) {
        running.add(
            new ActiveTrial(trial.id(), asSuggested(trial.suggestion()), trial.measurements()));
      }
    }
    searching = !running.isEmpty();
    checking = running.size() < active.size();
    inner.update(own, running);
  }

  private void takeFull(EndedTrial trial) {
    Configuration candidate = requireNonNull(trial.candidate());
    ranking.take(candidate);
    boolean isCheck = outstanding.remove(candidate); // others were enqueued by somebody
    if (isCheck && !(trial.outcome() instanceof Outcome.Completed)) {
      failed++;
    }
  }

  private void take(EndedTrial trial) {
    ended++;
    if (trial.outcome() instanceof Outcome.Completed
        && trial.suggestion().unexplained() instanceof Suggestion.Evaluate evaluate
        && evaluate.fidelity().equals(proxy)) {
      double loss = objective.loss(trial.metrics());
      if (Double.isFinite(loss)) {
        ranking.add(new Ranking.Ranked(loss, trial.id(), evaluate));
      }
    }
  }

  @Override
  public Optional<String> remark() {
    return inner.remark();
  }

  @Override
  public byte[] save() {
    var out = new EventOutput();
    ranking.write(out);
    out.writeAll(outstanding, SuggestionCodec::writeConfiguration);
    out.writeAll(List.of(searched, ended, issued, failed), EventOutput::writeLong);
    out.writeBoolean(released);
    out.writeBoolean(searching);
    out.writeBoolean(checking);
    byte[] own = out.toBytes();
    byte[] innerState = inner.save();
    return SavedState.write(
        NAME,
        VERSION,
        to -> {
          to.writeInt(innerState.length);
          to.write(innerState);
          to.writeInt(own.length);
          to.write(own);
        });
  }

  @Override
  public void load(byte[] state) {
    Saved saved = SavedState.read(state, NAME, VERSION, (in, version) -> read(in));
    inner.load(saved.inner());
    ranking = saved.ranking();
    outstanding.clear();
    outstanding.addAll(saved.outstanding());
    searched = saved.counts().get(0);
    ended = saved.counts().get(1);
    issued = saved.counts().get(2);
    failed = saved.counts().get(3);
    released = saved.flags().get(0);
    searching = saved.flags().get(1);
    checking = saved.flags().get(2);
  }

  private static Saved read(DataInputStream in) throws IOException {
    byte[] innerState = in.readNBytes(in.readInt());
    var own = new EventInput(in.readNBytes(in.readInt()));
    Ranking ranking = Ranking.read(own);
    List<Configuration> outstanding = own.readAll(SuggestionCodec::readConfiguration);
    List<Long> counts = own.readAll(EventInput::readLong);
    if (counts.size() != 4) {
      throw new IllegalArgumentException(
          "The saved state must have 4 counts, but has %d.".formatted(counts.size()));
    }
    List<Boolean> flags = List.of(own.readBoolean(), own.readBoolean(), own.readBoolean());
    return new Saved(innerState, ranking, outstanding, counts, flags);
  }
}
