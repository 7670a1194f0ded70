package dev.troupe.strategy.bayes;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.baseline.QuasiRandomStrategy;
import dev.troupe.strategy.baseline.SobolStrategy;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import dev.troupe.strategy.internal.Novelty;
import dev.troupe.strategy.internal.Scalarisation;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
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
 * Bayesian optimisation: fits a Gaussian process to the losses seen so far and evaluates where it
 * promises most (Mockus 1975, doi:10.1007/3-540-07165-2_55; Snoek, Larochelle, Adams 2012,
 * arXiv:1206.2944; METHODS 2.4). The best choice where evaluations are dear: some ten to a few
 * hundred trials of up to some twenty parameters of any kind.
 *
 * <p>The first suggestions are points of a scrambled Sobol sequence. From then on the process, a
 * Matern-5/2 kernel with a length scale for each parameter plus a trend of what each parameter does
 * by itself, is fitted by its posterior density, noise included; losses that span decades are seen
 * through a logarithm. What is worth most is by default the logarithm of the expected improvement,
 * each fourth time of one by a margin, so that no basin holds the search; it is sought from random
 * points and around the best ones, along gradients and by single changes. Conditional parameters
 * count where they exist, constraints are obeyed, and no configuration is suggested twice. Several
 * objectives are followed in directions drawn at random (ParEGO).
 *
 * <p>Pending trials count with the loss that is expected of them, so that many workers get
 * different suggestions. Where trials failed, the worst loss is expected, and where they were
 * pruned, a middling one; neither has a say in how the process is fitted. Of more than some hundred
 * observations, those around the best ones are held, so that the cost of a suggestion stops to
 * grow.
 *
 * <p>The same seed gives the same suggestions on every platform, unless LAPACK was asked for. Not
 * thread safe.
 */
public final class GpUcbStrategy implements Strategy {

  static final String NAME = "gp-ucb";

  private static final int VERSION = 1;
  private static final int MOST_DESIGNED = 100;
  private static final int LEAST_OBSERVATIONS = 2;
  private static final int ANCHORS = 4;

  /** The largest space that the direction numbers of Sobol's sequence serve. */
  private static final int MOST_SOBOL = 1000;

  /** The target of a failed trial at most, in standard deviations above the mean. */
  private static final double MOST_PESSIMISTIC = 2;

  private final SearchSpace space;
  private final List<Objective> objectives;
  private final RandomStreams streams;
  private final AcquisitionKind acquisition;
  private final int initial;
  private final CandidateSpace candidates;
  private final LossModel model;
  private final Strategy design;
  private Novelty novelty;
  private Evidence evidence;
  private long suggested;

  /** Losses that the model has learned since evidence came in last; null if it has not. */
  private double @Nullable [] learned;

  /** How many of the pending points the model holds. */
  private int believed;

  /**
   * Makes the strategy.
   *
   * @param acquisition by what it chooses
   * @param initial suggestions before the first that follows the process
   * @param mostHeld observations that the process holds
   * @param algebra what it computes with
   */
  GpUcbStrategy(
      SearchSpace space,
      List<Objective> objectives,
      RandomStreams streams,
      AcquisitionKind acquisition,
      int initial,
      int mostHeld,
      LinearAlgebra algebra) {
    this.space = requireNonNull(space, "space");
    this.objectives = List.copyOf(objectives);
    this.streams = requireNonNull(streams, "streams");
    this.acquisition = requireNonNull(acquisition, "acquisition");
    this.initial = initial;
    candidates = new CandidateSpace(space);
    model = new LossModel(candidates, FeatureMap.of(space), algebra, mostHeld);
    design =
        space.dimensions() <= MOST_SOBOL
            ? SobolStrategy.of(space, streams)
            : QuasiRandomStrategy.of(space, streams);
    novelty = Novelty.of(space);
    evidence = Evidence.none(space);
  }

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>(count);
    while (suggestions.size() < count) {
      RandomGenerator random = streams.stream(Kind.STRATEGY, suggested + 1, NAME);
      Configuration next = next(random);
      if (next == null) {
        break;
      }
      suggested++;
      evidence.addPending(next);
      suggestions.add(Suggestion.evaluate(next));
    }
    return suggestions;
  }

  private @Nullable Configuration next(RandomGenerator random) {
    boolean hasModel = suggested >= initial && evidence.observations().size() >= LEAST_OBSERVATIONS;
    Configuration next = hasModel ? nextOfModel(random) : nextOfDesign();
    return next == null ? novelty.draw(random, false) : next;
  }

  private @Nullable Configuration nextOfDesign() {
    for (int i = 0; i < MOST_DESIGNED; i++) {
      for (Suggestion suggestion : design.suggest(1)) {
        if (suggestion instanceof Suggestion.Evaluate evaluate
            && novelty.add(evaluate.candidate())) {
          return evaluate.candidate();
        }
      }
    }
    return null;
  }

  private @Nullable Configuration nextOfModel(RandomGenerator random) {
    double[] losses = learn(random);
    var query =
        new AcquisitionKind.Query(
            candidates, model.process(), anchors(losses), suggested + 1, this::isNew, random);
    for (double[] point : acquisition.search(query)) {
      Configuration candidate = candidates.configuration(point);
      if (space.satisfies(candidate) && novelty.add(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  /** In a continuum whatever is drawn is new; to ask would cost more than it tells. */
  private boolean isNew(double[] point) {
    return candidates.hasContinuum() || !novelty.contains(candidates.configuration(point));
  }

  /** Brings the model up to date, pending trials included, and returns what it has learned. */
  private double[] learn(RandomGenerator random) {
    double[] losses = learned;
    if (losses == null || objectives.size() > 1) {
      losses = losses(random);
      model.learn(evidence.observations(), losses);
      believeFailures(losses);
      believed = 0;
      learned = losses;
    }
    List<double[]> pending = evidence.pending();
    for (; believed < pending.size(); believed++) {
      believe(pending.get(believed));
    }
    return losses;
  }

  private double[] losses(RandomGenerator random) {
    Observations observations = evidence.observations();
    return objectives.size() == 1
        ? observations.losses(0)
        : Scalarisation.losses(
            observations.losses(), Scalarisation.weights(objectives.size(), random));
  }

  private void believeFailures(double[] losses) {
    double worst = Double.NEGATIVE_INFINITY;
    for (double loss : losses) {
      worst = Math.max(worst, model.warp().target(loss));
    }
    double pessimistic = Math.min(worst, MOST_PESSIMISTIC);
    for (double[] point : evidence.failed()) {
      model.process().believe(point, candidates.active(point), pessimistic);
    }
    for (double[] point : evidence.pruned()) {
      model.process().believe(point, candidates.active(point), 0);
    }
  }

  private void believe(double[] point) {
    model.process().believe(point, candidates.active(point));
  }

  private List<double[]> anchors(double[] losses) {
    List<double[]> anchors = new ArrayList<>();
    int[] best = Neighbourhood.sorted(losses);
    for (int i = 0; i < Math.min(ANCHORS, best.length); i++) {
      anchors.add(evidence.observations().point(best[i]));
    }
    return anchors;
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    for (EndedTrial trial : newlyEnded) {
      Configuration candidate = trial.candidate();
      if (candidate != null) {
        novelty.add(candidate); // another's suggestion may be new
        evidence.add(trial, objectives);
      }
    }
    evidence.setPending(active);
    learned = null;
  }

  @Override
  public byte[] save() {
    return SavedState.write(NAME, VERSION, this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeLong(suggested);
    novelty.write(out);
    byte[] designState = design.save();
    out.writeInt(designState.length);
    out.write(designState);
    evidence.write(out);
    model.write(out);
  }

  @SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
  private record State(
      long suggested, Novelty novelty, byte[] design, Evidence evidence, LossModel.State model) {}

  @Override
  public void load(byte[] state) {
    State loaded = SavedState.read(state, NAME, VERSION, (in, version) -> read(in));
    design.load(loaded.design());
    suggested = loaded.suggested();
    novelty = loaded.novelty();
    evidence = loaded.evidence();
    model.restore(loaded.model());
    learned = null;
  }

  private State read(DataInputStream in) throws IOException {
    return new State(
        in.readLong(),
        Novelty.read(space, in),
        in.readNBytes(in.readInt()),
        Evidence.read(in, space, objectives.size()),
        model.read(in));
  }
}
