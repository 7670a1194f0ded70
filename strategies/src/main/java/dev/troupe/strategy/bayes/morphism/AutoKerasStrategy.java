package dev.troupe.strategy.bayes.morphism;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import dev.troupe.strategy.bayes.morphism.AnnealedSearch.Valued;
import dev.troupe.strategy.internal.FingerprintSet;
import dev.troupe.strategy.internal.Scalarisation;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Bayesian search over the networks that morphisms make of a small one, as Auto-Keras has it (Jin,
 * Song, Hu 2018, arXiv:1806.10282; METHODS 8.3). A Gaussian process expects like losses of networks
 * of which little must be edited to make one of the other, and the network of least lower
 * confidence bound is sought in the trees of morphisms below all that completed, by A* with
 * simulated annealing. Each suggestion names the trial from which it came and the morphisms that
 * lead from there, so that it can take over the trained weights.
 *
 * <p>Unlike the authors' code: networks are embedded, known and new ones alike; the reach of the
 * kernel and the noise are the most probable ones, not constants, and losses that span decades are
 * seen through a logarithm; the start is followed by a few random morphisms before the model has a
 * say. Trials that are pending count with the loss that is expected of them, so that many workers
 * get different suggestions; where trials failed, the worst loss is expected, and where they were
 * pruned, a middling one. No network is suggested twice, whatever way leads to it. Where the search
 * finds none that is new, a random morphism is suggested, and where there is none, nothing: the
 * search is over.
 *
 * <p>Parameters beside the morphisms, such as a learning rate, are searched with the network: they
 * count in the kernel, and a step of the search may change them and keep the network. Several
 * objectives are followed in directions drawn at random (ParEGO).
 *
 * <p>Draws of suggestion k come from streams (strategy, k): the same seed gives the same
 * suggestions on every platform. A suggestion takes some tenths of a second of one core. Not thread
 * safe.
 */
public final class AutoKerasStrategy implements Strategy {

  static final String NAME = "autokeras";

  private static final int VERSION = 1;
  private static final int LEAST_OBSERVED = 2;
  private static final int MOST_RANDOM_STEPS = 3;
  private static final int MOST_TRIED = 100;

  private final NetworkSpace space;
  private final List<Objective> objectives;
  private final RandomStreams streams;
  private final AutoKerasOptions options;
  private final LinearAlgebra algebra = LinearAlgebra.ejml();
  private final Distances distances = new Distances();
  private Trials trials;
  private long suggested;

  /**
   * Makes the strategy.
   *
   * @param space the search space of the architecture space {@code morphs}, alone or with other
   *     parameters
   * @param objectives at least one
   * @throws IllegalArgumentException if the space is another
   */
  AutoKerasStrategy(
      SearchSpace space,
      List<Objective> objectives,
      RandomStreams streams,
      AutoKerasOptions options) {
    this.space = new NetworkSpace(space, NAME);
    this.objectives = List.copyOf(objectives);
    this.streams = requireNonNull(streams, "streams");
    this.options = requireNonNull(options, "options");
    trials = new Trials(this.space);
  }

  /** A network and why it is suggested. */
  private record Choice(Network network, Explanation because) {}

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>(count);
    while (suggestions.size() < count) {
      Choice next = next(streams.stream(Kind.STRATEGY, suggested + 1, NAME));
      if (next == null) {
        break;
      }
      suggested++;
      Network network = next.network();
      trials.addPending(network);
      suggestions.add(
          new Suggestion.Evaluate(network.configuration(), Fidelity.full(), network.weights())
              .explained(next.because()));
    }
    return suggestions;
  }

  private @Nullable Choice next(RandomGenerator random) {
    Network start = space.start(random);
    if (suggested == 0 && trials.isNew(start)) {
      return new Choice(start, Reasons.ofStart());
    }
    boolean isFirst = suggested < options.initial() || trials.observed().size() < LEAST_OBSERVED;
    Choice chosen = isFirst ? null : ofModel(random);
    if (chosen != null) {
      return chosen;
    }
    Network drawn = atRandom(start, random);
    return drawn == null ? null : new Choice(drawn, Reasons.ofChance(drawn, isFirst));
  }

  private @Nullable Choice ofModel(RandomGenerator random) {
    RandomGenerator subsets = streams.stream(Kind.STRATEGY, suggested + 1, NAME + "-subsets");
    var model =
        new NetworkModel(trials, losses(random), options.mostHeld(), distances, algebra, subsets);
    var tree = new MorphTree(model);
    Valued<Network> best =
        new AnnealedSearch(options.annealing()).search(model.roots(), tree, random);
    return best == null
        ? null
        : new Choice(
            best.node(),
            Reasons.ofModel(best.node(), model, metric(), options.beta(), tree.met.size()));
  }

  /** Returns whose losses the model learns. */
  private Objective metric() {
    return objectives.size() == 1 ? objectives.get(0) : Objective.minimize("weighted rank");
  }

  /** Networks around those that a model holds, each once, valued by their bounds. */
  private final class MorphTree implements AnnealedSearch.Tree<Network> {

    private final NetworkModel model;
    private final FingerprintSet met = new FingerprintSet();

    MorphTree(NetworkModel model) {
      this.model = model;
    }

    @Override
    public boolean isLeaf(Network node) {
      return node.morphisms().size() >= options.reach() || !space.hasSteps(node);
    }

    @Override
    public List<Valued<Network>> neighbours(Network from, RandomGenerator random) {
      var found = new ArrayList<Valued<Network>>();
      for (int i = 0; i < options.neighbours(); i++) {
        Network next = space.step(from, random);
        if (next != null && trials.isNew(next) && met.add(next.fingerprint())) {
          found.add(new Valued<>(next, model.predict(next).bound(options.beta())));
        }
      }
      return found;
    }
  }

  private double[] losses(RandomGenerator random) {
    var losses = new double[objectives.size()][trials.observed().size()];
    for (int i = 0; i < losses[0].length; i++) {
      for (int k = 0; k < losses.length; k++) {
        losses[k][i] = trials.observed().get(i).losses()[k];
      }
    }
    return losses.length == 1
        ? losses[0]
        : Scalarisation.losses(losses, Scalarisation.weights(losses.length, random));
  }

  /**
   * Returns a new network, some random steps from one that completed, or from the start where none
   * has; null if none is found.
   */
  private @Nullable Network atRandom(Network start, RandomGenerator random) {
    List<Trials.Observed> observed = trials.observed();
    for (int attempt = 0; attempt < MOST_TRIED; attempt++) {
      Network drawn = space.redrawn(observed.isEmpty() ? start : any(observed, random), random);
      for (int steps = 1 + random.nextInt(MOST_RANDOM_STEPS); steps > 0; steps--) {
        Network next = space.step(drawn, random);
        drawn = next == null ? drawn : next;
      }
      if (trials.isNew(drawn)) {
        return drawn;
      }
    }
    return null;
  }

  private static Network any(List<Trials.Observed> observed, RandomGenerator random) {
    Trials.Observed drawn = observed.get(random.nextInt(observed.size()));
    return drawn.network().trainedBy(drawn.trial());
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    for (EndedTrial trial : newlyEnded) {
      trials.end(trial, objectives);
    }
    trials.setPending(active);
  }

  @Override
  public byte[] save() {
    return SavedState.write(NAME, VERSION, this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeLong(suggested);
    trials.write(out);
  }

  private record State(long suggested, Trials trials) {}

  @Override
  public void load(byte[] state) {
    State loaded = SavedState.read(state, NAME, VERSION, (in, version) -> read(in));
    suggested = loaded.suggested();
    trials = loaded.trials();
  }

  private State read(DataInputStream in) throws IOException {
    return new State(in.readLong(), Trials.read(in, space, objectives.size()));
  }
}
