package dev.troupe.strategy.multifidelity;

import static java.util.Objects.requireNonNull;

import dev.troupe.codec.DamageException;
import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.SuggestionCodec;
import dev.troupe.codec.TrialCodec;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what a schedule says: resumes paused trials, and begins new ones with what a proposer finds.
 * Trials are ranked by the first objective; a trial that failed, was pruned or was stopped is never
 * promoted. Trials complete at the highest level of the resource alone.
 *
 * <p>A new trial gets its number from the study: new numbers are matched with the suggestions in
 * their order and by their fidelity, so that trials of somebody else's in between do not matter.
 * What those have reached teaches the proposer, too. Keeps some hundred bytes for each trial that
 * has not ended. Not thread safe, like every strategy.
 */
final class PromotionStrategy implements Strategy {

  private static final int VERSION = 1;

  /** A new trial that was suggested and whose number is not known yet. */
  private record Unnumbered(Slot slot, long proposal) {}

  private final String name;
  private final Resource resource;
  private final Objective objective;
  private final Supplier<Schedule> newSchedule;
  private final Supplier<Proposer> newProposer;
  private State state;

  /** What there is to save; replaced as a whole by what is loaded. */
  private static final class State {
    final Schedule schedule;
    final Proposer proposer;
    final TreeMap<TrialId, Track> running = new TreeMap<>();
    final TreeMap<TrialId, Track> paused = new TreeMap<>();
    final ArrayDeque<Unnumbered> unnumbered = new ArrayDeque<>();
    final List<PausedTrial> news = new ArrayList<>();
    long proposals;
    long lastNumber;

    State(Schedule schedule, Proposer proposer) {
      this.schedule = schedule;
      this.proposer = proposer;
    }
  }

  /**
   * Puts a strategy together.
   *
   * @param name by which its state is known
   * @param objective by which trials are ranked
   */
  PromotionStrategy(
      String name,
      Resource resource,
      Objective objective,
      Supplier<Schedule> schedule,
      Supplier<Proposer> proposer) {
    this.name = requireNonNull(name, "name");
    this.resource = requireNonNull(resource, "resource");
    this.objective = requireNonNull(objective, "objective");
    this.newSchedule = schedule;
    this.newProposer = proposer;
    this.state = new State(schedule.get(), proposer.get());
  }

  @Override
  public Optional<Fidelity> completion() {
    return Optional.of(resource.fidelity(resource.levels() - 1));
  }

  // Suggestions

  @Override
  public List<Suggestion> suggest(int count) {
    return suggest(count, count);
  }

  @Override
  public List<Suggestion> suggest(int count, int fresh) {
    var suggestions = new ArrayList<Suggestion>(count);
    int left = fill(suggestions, count, fresh);
    boolean idle = state.running.isEmpty() && state.unnumbered.isEmpty();
    if (suggestions.isEmpty() && idle) {
      state.schedule.exhausted();
      fill(suggestions, count, left);
    }
    return suggestions;
  }

  /** Returns how many new trials may still begin. */
  private int fill(List<Suggestion> suggestions, int count, int fresh) {
    int left = fresh;
    while (suggestions.size() < count) {
      Slot slot = state.schedule.next(left > 0);
      if (slot == null) {
        return left;
      }
      if (slot.resumed() != null) {
        suggestions.add(resume(slot, slot.resumed()));
        continue;
      }
      Suggestion begun = begin(slot);
      if (begun == null) {
        state.schedule.giveBack(slot);
        left = 0; // what is promoted goes on
      } else {
        suggestions.add(begun);
        left--;
      }
    }
    return left;
  }

  private Suggestion resume(Slot slot, TrialId trial) {
    Track track = requireNonNull(state.paused.remove(trial));
    state.running.put(trial, new Track(trial, track.candidate(), slot.level()));
    return new Suggestion.Evaluate(
        track.candidate(),
        resource.fidelity(slot.level()),
        new WeightSource.Checkpoint(trial),
        Explanation.of(state.schedule.reason(slot)));
  }

  private @Nullable Suggestion begin(Slot slot) {
    Proposal proposal =
        state.proposer.propose(state.proposals + 1, slot.level(), state.running.values());
    if (proposal == null) {
      return null;
    }
    state.proposals++;
    state.unnumbered.add(new Unnumbered(slot, state.proposals));
    return new Suggestion.Evaluate(
        proposal.candidate(),
        resource.fidelity(slot.level()),
        proposal.weights(),
        proposal.explanation());
  }

  // Outcomes

  @Override
  public void paused(List<PausedTrial> newlyPaused) {
    state.news.addAll(newlyPaused);
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    numberNew(newlyEnded, active);
    for (PausedTrial trial : state.news) {
      rest(trial);
    }
    state.news.clear();
    newlyEnded.forEach(this::end);
  }

  private void numberNew(List<EndedTrial> ended, List<ActiveTrial> active) {
    var fresh = new TreeMap<TrialId, Suggestion>();
    state.news.forEach(trial -> add(fresh, trial.id(), trial.suggestion()));
    ended.forEach(trial -> add(fresh, trial.id(), trial.suggestion()));
    for (int i = active.size() - 1; i >= 0; i--) { // the new ones are the last
      ActiveTrial trial = active.get(i);
      if (trial.id().number() <= state.lastNumber) {
        break;
      }
      add(fresh, trial.id(), trial.suggestion());
    }
    fresh.forEach(this::number);
  }

  private void add(Map<TrialId, Suggestion> fresh, TrialId id, Suggestion suggestion) {
    if (id.number() > state.lastNumber) {
      fresh.put(id, suggestion);
    }
  }

  private void number(TrialId id, Suggestion suggestion) {
    state.lastNumber = id.number();
    if (!(suggestion instanceof Suggestion.Evaluate evaluate)) {
      return;
    }
    int level = resource.level(evaluate.fidelity());
    Unnumbered next = state.unnumbered.peek();
    if (next != null && next.slot().level() == level) {
      state.unnumbered.remove();
      state.schedule.begun(next.slot(), id);
      state.proposer.begun(next.proposal(), id);
    } else {
      state.proposer.begun(0, id);
    }
    state.running.put(id, new Track(id, evaluate.candidate(), Math.max(0, level)));
  }

  private void rest(PausedTrial trial) {
    Track track = state.running.remove(trial.id());
    if (track != null) {
      state.paused.put(trial.id(), track);
      reach(track, trial.metrics());
    }
  }

  private void end(EndedTrial trial) {
    Track track = state.running.remove(trial.id());
    if (track == null) {
      track = state.paused.remove(trial.id());
    }
    if (track == null) {
      return;
    }
    if (trial.outcome() instanceof Outcome.Completed completed) {
      reach(track, completed.metrics());
    } else {
      lose(track);
    }
  }

  private void reach(Track track, Metrics metrics) {
    double loss = objective.loss(metrics);
    if (!Double.isFinite(loss)) {
      lose(track);
      return;
    }
    state.proposer.reached(track.trial(), track.candidate(), track.level(), metrics);
    state.schedule.reached(track.trial(), track.level(), loss);
  }

  private void lose(Track track) {
    state.proposer.lost(track.trial(), track.candidate(), track.level());
    state.schedule.lost(track.trial(), track.level());
  }

  // State

  @Override
  public byte[] save() {
    var out = new EventOutput();
    out.writeLong(resource.levels());
    out.writeLong(state.proposals);
    out.writeLong(state.lastNumber);
    out.writeAll(state.running.values(), Track::write);
    out.writeAll(state.paused.values(), Track::write);
    out.writeAll(state.unnumbered, PromotionStrategy::write);
    out.writeAll(state.news, PromotionStrategy::write);
    state.schedule.write(out);
    state.proposer.write(out);
    byte[] bytes = out.toBytes();
    return SavedState.write(
        name,
        VERSION,
        to -> {
          to.writeInt(bytes.length);
          to.write(bytes);
        });
  }

  private static void write(EventOutput out, Unnumbered each) {
    out.writeLong(each.slot().bracket());
    out.writeLong(each.slot().level());
    out.writeLong(each.proposal());
  }

  private static Unnumbered readUnnumbered(EventInput in) {
    return new Unnumbered(new Slot(in.readLong(), in.readInt(), null), in.readLong());
  }

  private static void write(EventOutput out, PausedTrial trial) {
    out.writeLong(trial.id().number());
    SuggestionCodec.write(out, trial.suggestion().unexplained());
    TrialCodec.writeMetrics(out, trial.metrics());
  }

  private static PausedTrial readPaused(EventInput in) {
    return new PausedTrial(
        TrialId.of(in.readLong()), SuggestionCodec.read(in), List.of(), TrialCodec.readMetrics(in));
  }

  @Override
  public void load(byte[] saved) {
    state = SavedState.read(saved, name, VERSION, this::read);
  }

  private State read(DataInputStream in, int version) throws IOException {
    int length = in.readInt();
    try {
      return read(new EventInput(in.readNBytes(Math.max(0, length))));
    } catch (DamageException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "Strategy '%s': its saved state is damaged: %s. Maybe begin anew."
              .formatted(name, e.getMessage()),
          e);
    }
  }

  private State read(EventInput in) {
    int levels = in.readInt();
    if (levels != resource.levels()) {
      throw new IllegalArgumentException(
          "Strategy '%s': its saved state is of %d levels, but there are %d. Maybe begin anew."
              .formatted(name, levels, resource.levels()));
    }
    var loaded = new State(newSchedule.get(), newProposer.get());
    loaded.proposals = in.readLong();
    loaded.lastNumber = in.readLong();
    in.readAll(Track::read).forEach(track -> loaded.running.put(track.trial(), track));
    in.readAll(Track::read).forEach(track -> loaded.paused.put(track.trial(), track));
    loaded.unnumbered.addAll(in.readAll(PromotionStrategy::readUnnumbered));
    loaded.news.addAll(in.readAll(PromotionStrategy::readPaused));
    loaded.schedule.read(in);
    loaded.proposer.read(in);
    in.requireEnd();
    return loaded;
  }
}
