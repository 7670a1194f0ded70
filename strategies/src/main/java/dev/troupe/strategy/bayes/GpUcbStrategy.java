package dev.troupe.strategy.bayes;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.strategy.baseline.QuasiRandomStrategy;
import dev.troupe.strategy.baseline.SobolStrategy;
import dev.troupe.strategy.internal.Novelty;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
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
 * count where they exist, and constraints are obeyed. No configuration is suggested twice, unless
 * all parameters are discrete and a model that has learned of noise wants the best ones measured
 * again. Of two to four objectives the hypervolume that is expected to be gained counts (Daulton,
 * Balandat, Bakshy 2020, arXiv:2006.05078); more are followed in directions drawn at random
 * (ParEGO). In many dimensions a region around the best is searched that shrinks where nothing
 * improves (Eriksson and others 2019, arXiv:1910.01739).
 *
 * <p>Pending trials count with the losses that are expected of them, or, where measurements are
 * noisy, with losses drawn jointly from the process, over which the improvement is averaged; each
 * second suggestion beside pending trials is the least of a loss function drawn from the process.
 * So many workers get different suggestions. As they see little of each other's results at first,
 * they begin with more points of the sequence than one would. Where trials failed, the worst loss
 * is expected, and where they were pruned, a middling one; neither has a say in how the process is
 * fitted. Of more than some hundred observations, those around the best ones are held, so that the
 * cost of a suggestion stops to grow.
 *
 * <p>The same seed gives the same suggestions on every platform, unless LAPACK was asked for. Not
 * thread safe.
 */
public final class GpUcbStrategy implements Strategy {

  static final String NAME = "gp-ucb";

  private static final int VERSION = 2;
  private static final int MOST_DESIGNED = 100;
  private static final int LEAST_OBSERVATIONS = 2;

  /** The largest space that the direction numbers of Sobol's sequence serve. */
  private static final int MOST_SOBOL = 1000;

  private static final Explanation DESIGNED =
      Explanation.of("The search begins with evenly spread points, of which this is one.");
  private static final Explanation DRAWN =
      Explanation.of("Nothing else was new, so that it was drawn at random.");

  private final SearchSpace space;
  private final List<Objective> objectives;
  private final RandomStreams streams;
  private final GpUcbOptions options;
  private final CandidateSpace candidates;
  private final Guide guide;
  private final Strategy design;
  private Novelty novelty;
  private Evidence evidence;
  private long suggested;

  /** How many suggestions are evenly spread before the first that follows the model. */
  private int initial;

  /** Makes the strategy. */
  GpUcbStrategy(
      SearchSpace space,
      List<Objective> objectives,
      RandomStreams streams,
      GpUcbOptions options,
      StudyPlan plan) {
    this.space = requireNonNull(space, "space");
    this.objectives = List.copyOf(objectives);
    this.streams = requireNonNull(streams, "streams");
    this.options = requireNonNull(options, "options");
    initial = options.initial(space.dimensions(), plan);
    candidates = new CandidateSpace(space);
    guide = guide();
    design =
        space.dimensions() <= MOST_SOBOL
            ? SobolStrategy.of(space, streams)
            : QuasiRandomStrategy.of(space, streams);
    novelty = Novelty.of(space);
    evidence = Evidence.none(space);
  }

  private Guide guide() {
    var models =
        new LossModelFactory(
            candidates, FeatureMap.of(space), options.algebra(), options.mostHeld());
    boolean hasFront = objectives.size() > 1 && objectives.size() <= FrontGuide.MOST_OBJECTIVES;
    if (hasFront && options.acquisition() == AcquisitionKind.LOG_EI) {
      return FrontGuide.of(space, objectives, models);
    }
    boolean isBounded = objectives.size() == 1 && options.patience() > 0;
    TrustRegion trust =
        isBounded ? new TrustRegion(options.patience(), options.initial(space.dimensions())) : null;
    return LossGuide.of(space, objectives, options.acquisition(), models, trust);
  }

  @Override
  public void begin(StudyPlan plan) {
    initial = options.initial(space.dimensions(), plan);
  }

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>(count);
    while (suggestions.size() < count) {
      RandomGenerator random = streams.stream(Kind.STRATEGY, suggested + 1, NAME);
      Suggestion.Evaluate next = next(random);
      if (next == null) {
        break;
      }
      suggested++;
      evidence.addPending(next.candidate());
      suggestions.add(next);
    }
    return suggestions;
  }

  private Suggestion.@Nullable Evaluate next(RandomGenerator random) {
    boolean hasModel = suggested >= initial && evidence.observations().size() >= LEAST_OBSERVATIONS;
    boolean isDesigned = !hasModel || guide.needsDesign();
    Suggestion.Evaluate next = isDesigned ? nextOfDesign() : nextOfModel(random);
    if (hasModel && isDesigned) {
      guide.designed();
    }
    return next == null ? drawn(random) : next;
  }

  private Suggestion.@Nullable Evaluate nextOfDesign() {
    for (int i = 0; i < MOST_DESIGNED; i++) {
      for (Suggestion suggestion : design.suggest(1)) {
        if (suggestion instanceof Suggestion.Evaluate evaluate
            && novelty.add(evaluate.candidate())) {
          return Suggestion.evaluate(evaluate.candidate()).explained(DESIGNED);
        }
      }
    }
    return null;
  }

  private Suggestion.@Nullable Evaluate nextOfModel(RandomGenerator random) {
    for (Scored scored : guide.propose(evidence, suggested + 1, this::isNew, random)) {
      Configuration candidate = candidates.configuration(scored.point());
      if (space.satisfies(candidate) && (novelty.add(candidate) || mayRepeat(candidate))) {
        return Suggestion.evaluate(candidate).explained(guide.explain(evidence, scored));
      }
    }
    return null;
  }

  /**
   * Returns whether a candidate may be suggested though it is known: if its loss is measured with
   * noise, in a space of so few points that the best ones come up again, and if it is not pending.
   */
  private boolean mayRepeat(Configuration candidate) {
    return !candidates.hasContinuum()
        && !evidence.observations().areRepeatable()
        && guide.isNoisy()
        && !evidence.isPending(candidate);
  }

  private Suggestion.@Nullable Evaluate drawn(RandomGenerator random) {
    Configuration drawn = novelty.draw(random, false);
    return drawn == null ? null : Suggestion.evaluate(drawn).explained(DRAWN);
  }

  /** In a continuum whatever is drawn is new; to ask would cost more than it tells. */
  private boolean isNew(double[] point) {
    if (candidates.hasContinuum()) {
      return true;
    }
    Configuration candidate = candidates.configuration(point);
    return !novelty.contains(candidate) || mayRepeat(candidate);
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    long newest = 0;
    for (ActiveTrial trial : active) {
      newest = Math.max(newest, trial.id().number());
    }
    for (EndedTrial trial : newlyEnded) {
      newest = Math.max(newest, trial.id().number());
      Configuration candidate = trial.candidate();
      if (candidate != null) {
        novelty.add(candidate); // another's suggestion may be new
        evidence.add(trial, objectives);
      }
    }
    evidence.setPending(active);
    guide.update(evidence, newest);
  }

  @Override
  public byte[] save() {
    return SavedState.write(NAME, VERSION, this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeInt(initial);
    out.writeLong(suggested);
    novelty.write(out);
    byte[] designState = design.save();
    out.writeInt(designState.length);
    out.write(designState);
    evidence.write(out);
    guide.write(out);
  }

  @SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
  private record State(
      int initial,
      long suggested,
      Novelty novelty,
      byte[] design,
      Evidence evidence,
      Runnable guide) {}

  @Override
  public void load(byte[] state) {
    State loaded = SavedState.read(state, NAME, VERSION, this::read);
    design.load(loaded.design());
    initial = loaded.initial();
    suggested = loaded.suggested();
    novelty = loaded.novelty();
    evidence = loaded.evidence();
    loaded.guide().run();
  }

  private State read(DataInputStream in, int version) throws IOException {
    return new State(
        version == 1 ? options.initial(space.dimensions()) : in.readInt(),
        in.readLong(),
        Novelty.read(space, in),
        in.readNBytes(in.readInt()),
        Evidence.read(in, space, objectives.size()),
        guide.read(in));
  }
}
