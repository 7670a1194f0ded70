package dev.troupe.strategy.evolution;

import dev.troupe.architecture.morph.MorphSpace;
import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Random morphisms: the baseline of strategies that search by morphisms, as Auto-Keras has it (Jin,
 * Song, Hu 2019, arXiv:1806.10282). A chain begins with the start network; each further member
 * extends the last one that completed by a random morphism and takes over its weights. A member
 * that failed or was pruned is dropped, and the chain goes on from the one before. A chain that can
 * be extended no more is over; another one begins, at the trial of the start network if that has
 * completed.
 *
 * <p>Where several trials run at once, several chains do. One that begins while the start network
 * is being evaluated for another, or after it has failed, begins with its first morphism and fresh
 * weights. Parameters beside the morphisms are drawn anew for each chain and stay along it.
 *
 * <p>Draws of suggestion k come from the stream (strategy, k). Nothing is learnt from the values of
 * outcomes. Not thread safe.
 */
public final class RandomMorphismStrategy implements Strategy {

  static final String NAME = "random-morphism";

  private static final int VERSION = 1;
  private static final Explanation START =
      Explanation.of("It is the start network, at which chains of morphisms begin.");

  private final SearchSpace space;
  private final MorphSpace morphs;
  private final RandomStreams streams;
  private long suggested;
  private Chains chains = new Chains();

  private RandomMorphismStrategy(SearchSpace space, MorphSpace morphs, RandomStreams streams) {
    this.space = space;
    this.morphs = morphs;
    this.streams = streams;
  }

  /**
   * Returns a strategy.
   *
   * @param space the search space of a {@link MorphSpace}, alone or with other parameters
   * @throws IllegalArgumentException if it is none
   */
  public static RandomMorphismStrategy of(SearchSpace space, RandomStreams streams) {
    return new RandomMorphismStrategy(space, MorphSpace.required(space, NAME), streams);
  }

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>(count);
    while (suggestions.size() < count) {
      Suggestion.Evaluate next = next();
      if (next == null) {
        break;
      }
      suggested++;
      suggestions.add(next);
    }
    return suggestions;
  }

  /** Returns the next member of a chain that waits for one, or of a new chain. */
  private Suggestion.@Nullable Evaluate next() {
    RandomGenerator random = streams.stream(Kind.STRATEGY, suggested + 1, "");
    Chains.Member tip = chains.idleTip();
    while (tip != null) {
      Suggestion.Evaluate next = extend(tip, random);
      if (next != null) {
        chains.goOn(tip, next);
        return next;
      }
      chains.remove(tip);
      tip = chains.idleTip();
    }
    return begin(random);
  }

  private Suggestion.@Nullable Evaluate extend(Chains.Member tip, RandomGenerator random) {
    return morphs
        .extended(tip.configuration(), random.nextInt(MorphSpace.STEP_VALUES))
        .map(
            longer -> {
              String morphism = longer.step().morphism().text();
              return new Suggestion.Evaluate(
                  longer.configuration(),
                  Fidelity.full(),
                  tip.weights(morphism),
                  explanation(tip, morphism));
            })
        .orElse(null);
  }

  /** Distances are morphisms. */
  private static Explanation explanation(Chains.Member tip, String morphism) {
    TrialId trial = tip.trial();
    return trial == null
        ? Explanation.of(
            "A random morphism, %s, extends the start network, whose weights are not there."
                .formatted(morphism))
        : new Explanation(
            "A random morphism, %s, extends trial %s.".formatted(morphism, trial),
            Map.of(),
            Map.of(),
            List.of(new Explanation.Neighbour(trial, 1)));
  }

  private Suggestion.@Nullable Evaluate begin(RandomGenerator random) {
    Configuration start = MorphSpace.withoutSteps(space, random);
    Suggestion.Evaluate first = Suggestion.evaluate(start).explained(START);
    Chains.Member known = chains.start(start);
    if (known != null) {
      first = extend(known, random);
    }
    if (first != null) {
      chains.begin(first, known);
    }
    return first;
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    for (EndedTrial trial : newlyEnded) {
      if (trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
        boolean isCompleted = trial.state() == TrialState.COMPLETED;
        chains.end(evaluate, isCompleted ? trial.id() : null);
      }
    }
  }

  /** The starts, and the last members of the chains. */
  @Override
  public Optional<Set<TrialId>> heritable() {
    return Optional.of(chains.trials());
  }

  @Override
  public byte[] save() {
    return SavedState.write(
        NAME,
        VERSION,
        out -> {
          out.writeLong(suggested);
          chains.write(out);
        });
  }

  private record State(long suggested, Chains chains) {}

  @Override
  public void load(byte[] state) {
    State loaded =
        SavedState.read(
            state, NAME, VERSION, (in, version) -> new State(in.readLong(), Chains.read(in)));
    suggested = loaded.suggested();
    chains = loaded.chains();
  }
}
