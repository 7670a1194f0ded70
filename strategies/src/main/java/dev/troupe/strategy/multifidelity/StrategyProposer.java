package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.SuggestionCodec;
import dev.troupe.codec.TrialCodec;
import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.internal.Novelty;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Has any other strategy propose. That strategy sees the results at one level, as if they were
 * those of whole evaluations: at the highest level that has enough of them, since what lower ones
 * say is another function. When a higher level has enough, a new strategy begins there, and learns
 * what is known there. Trials that run on their way to that level, or below it, it sees as running.
 *
 * <p>A strategy that does not learn goes on from the beginning to the end.
 */
final class StrategyProposer implements Proposer {

  private static final Explanation DRAWN =
      Explanation.of("It was drawn at random, since nothing else was new.");

  /** So often a strategy is asked anew that suggests what was tried before. */
  private static final int MOST_REPETITIONS = 8;

  /** What a trial has reached at a level; the metrics are null if it was lost. */
  private record Result(TrialId trial, Configuration candidate, @Nullable Metrics metrics) {

    EndedTrial ended() {
      return new EndedTrial(
          trial,
          Suggestion.evaluate(candidate),
          List.of(),
          metrics == null
              ? new Outcome.Failed("It came to nothing.")
              : new Outcome.Completed(metrics),
          0);
    }

    static void write(EventOutput out, Result result) {
      out.writeLong(result.trial.number());
      SuggestionCodec.writeConfiguration(out, result.candidate);
      out.writeBoolean(result.metrics != null);
      if (result.metrics != null) {
        TrialCodec.writeMetrics(out, result.metrics);
      }
    }

    static Result read(EventInput in) {
      return new Result(
          TrialId.of(in.readLong()),
          SuggestionCodec.readConfiguration(in),
          in.readBoolean() ? TrialCodec.readMetrics(in) : null);
    }
  }

  private final SearchSpace space;
  private final RandomStreams streams;
  private final IntFunction<Strategy> factory;
  private final boolean learns;
  private final int enough;

  private Novelty novelty;
  private int level;
  private Strategy strategy;

  /** What it has not been told yet. */
  private final List<Result> news = new ArrayList<>();

  /** The trials of whose results it knows, or is going to be told next. */
  private final Set<TrialId> known = new HashSet<>();

  /** Results above the level, by level: the strategy of that level will learn them. */
  private final TreeMap<Integer, List<Result>> above = new TreeMap<>();

  /** Trials that came to nothing, for later strategies. */
  private final List<Result> lost = new ArrayList<>();

  /**
   * Begins at the lowest level.
   *
   * @param factory makes the strategy for a level
   * @param learns whether what it suggests depends on outcomes
   * @param enough so many results make a level count, at least 1
   */
  StrategyProposer(
      SearchSpace space,
      RandomStreams streams,
      IntFunction<Strategy> factory,
      boolean learns,
      int enough) {
    this.space = space;
    this.streams = streams;
    this.factory = factory;
    this.learns = learns;
    this.enough = enough;
    this.novelty = Novelty.of(space);
    this.strategy = factory.apply(0);
  }

  @Override
  public @Nullable Proposal propose(long number, int slotLevel, Collection<Track> running) {
    tell(running);
    for (int i = 0; i < MOST_REPETITIONS && !novelty.isListed(); i++) {
      List<Suggestion> suggestions = strategy.suggest(1);
      if (suggestions.isEmpty()) {
        return null;
      }
      if (suggestions.get(0) instanceof Suggestion.Evaluate evaluate
          && novelty.add(evaluate.candidate())) {
        return new Proposal(evaluate.candidate(), evaluate.weights(), evaluate.explanation());
      }
    }
    Configuration drawn = novelty.draw(streams.stream(Kind.STRATEGY, number, "~promotion"), false);
    return drawn == null ? null : new Proposal(drawn, WeightSource.fresh(), DRAWN);
  }

  private void tell(Collection<Track> running) {
    if (!learns) {
      return; // very many may be running
    }
    var active = new ArrayList<ActiveTrial>();
    for (Track track : running) {
      if (!known.contains(track.trial())) {
        active.add(
            new ActiveTrial(track.trial(), Suggestion.evaluate(track.candidate()), List.of()));
      }
    }
    strategy.update(news.stream().map(Result::ended).toList(), active);
    news.clear();
  }

  @Override
  public void begun(long number, TrialId trial) {}

  @Override
  public void reached(TrialId trial, Configuration candidate, int reached, Metrics metrics) {
    if (!novelty.isListed()) {
      novelty.add(candidate); // another may have suggested it
    }
    if (!learns) {
      return;
    }
    var result = new Result(trial, candidate, metrics);
    if (reached == level) {
      learn(result);
    } else if (reached > level) {
      List<Result> there = above.computeIfAbsent(reached, unused -> new ArrayList<>());
      there.add(result);
      if (there.size() >= enough) {
        rise(reached);
      }
    }
  }

  private void learn(Result result) {
    if (known.add(result.trial())) {
      news.add(result);
    }
  }

  private void rise(int to) {
    level = to;
    strategy = factory.apply(to);
    news.clear();
    known.clear();
    lost.forEach(this::learn);
    above.getOrDefault(to, List.of()).forEach(this::learn);
    above.headMap(to, true).clear();
  }

  @Override
  public void lost(TrialId trial, Configuration candidate, int on) {
    if (learns) {
      var result = new Result(trial, candidate, null);
      lost.add(result);
      learn(result);
    }
  }

  @Override
  public void write(EventOutput out) {
    out.writeLong(level);
    out.writeBytes(strategy.save());
    out.writeAll(news, Result::write);
    out.writeAll(known.stream().sorted().toList(), (to, trial) -> to.writeLong(trial.number()));
    out.writeAll(
        above.entrySet(),
        (to, entry) -> {
          to.writeLong(entry.getKey());
          to.writeAll(entry.getValue(), Result::write);
        });
    out.writeAll(lost, Result::write);
    SavedNovelty.write(out, novelty);
  }

  @Override
  public void read(EventInput in) {
    level = in.readInt();
    strategy = factory.apply(level);
    strategy.load(in.readBytes());
    news.addAll(in.readAll(Result::read));
    known.addAll(in.readAll(from -> TrialId.of(from.readLong())));
    for (int left = in.readCount(); left > 0; left--) {
      above.put(in.readInt(), new ArrayList<>(in.readAll(Result::read)));
    }
    lost.addAll(in.readAll(Result::read));
    novelty = SavedNovelty.read(in, space);
  }
}
