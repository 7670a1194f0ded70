package dev.troupe.strategy.bayes;

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
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Bayesian optimisation with a Gaussian process.
 *
 * <p>Not thread safe.
 */
public final class GpUcbStrategy implements Strategy {

  static final String NAME = "gp-ucb";

  private static final int VERSION = 1;
  private static final int MOST_DRAWS = 100;
  private static final int LEAST_OBSERVATIONS = 2;
  private static final int ANCHORS = 4;

  private final SearchSpace space;
  private final List<Objective> objectives;
  private final RandomStreams streams;
  private final AcquisitionKind kind;
  private final int initial;
  private final CandidateSpace candidates;
  private final LossModel model;
  private final Strategy design;
  private Novelty novelty;
  private Observations observations;
  private List<double[]> failed = new ArrayList<>();
  private List<double[]> pruned = new ArrayList<>();
  private List<double[]> pending = new ArrayList<>();
  private long suggested;

  GpUcbStrategy(
      SearchSpace space,
      List<Objective> objectives,
      RandomStreams streams,
      AcquisitionKind kind,
      int initial,
      int mostHeld) {
    this.space = space;
    this.objectives = List.copyOf(objectives);
    this.streams = streams;
    this.kind = kind;
    this.initial = initial;
    candidates = new CandidateSpace(space);
    model = new LossModel(candidates, FeatureMap.of(space), LinearAlgebra.java(), mostHeld);
    design =
        space.dimensions() <= 1000
            ? SobolStrategy.of(space, streams)
            : QuasiRandomStrategy.of(space, streams);
    novelty = Novelty.of(space);
    observations = new Observations(space.dimensions(), objectives.size());
  }

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>(count);
    boolean prepared = false;
    while (suggestions.size() < count) {
      RandomGenerator random = streams.stream(Kind.STRATEGY, suggested + 1, NAME);
      Configuration next = null;
      if (suggested < initial || observations.size() < LEAST_OBSERVATIONS) {
        next = nextOfDesign();
      } else {
        if (!prepared) {
          prepare();
          prepared = true;
        }
        next = nextOfModel(random);
      }
      if (next == null) {
        next = drawn(random);
      }
      if (next == null) {
        break;
      }
      suggested++;
      double[] point = space.encode(next).point();
      pending.add(point);
      if (prepared) {
        model.process().believe(point, candidates.active(point));
      }
      suggestions.add(Suggestion.evaluate(next));
    }
    return suggestions;
  }

  private @Nullable Configuration nextOfDesign() {
    for (int i = 0; i < MOST_DRAWS; i++) {
      List<Suggestion> next = design.suggest(1);
      if (next.isEmpty()) {
        return null;
      }
      Configuration candidate = ((Suggestion.Evaluate) next.get(0)).candidate();
      if (novelty.add(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private void prepare() {
    double[] losses = observations.losses(0);
    model.learn(observations, losses);
    GaussianProcess process = model.process();
    double worst = Double.NEGATIVE_INFINITY;
    for (double loss : losses) {
      worst = Math.max(worst, model.warp().target(loss));
    }
    for (double[] point : failed) {
      process.believe(point, candidates.active(point), Math.min(worst, 2));
    }
    for (double[] point : pruned) {
      process.believe(point, candidates.active(point), 0);
    }
    for (double[] point : pending) {
      process.believe(point, candidates.active(point));
    }
  }

  private @Nullable Configuration nextOfModel(RandomGenerator random) {
    GaussianProcess process = model.process();
    Acquisition acquisition =
        kind.create(process.leastMean(), space.dimensions(), observations.size());
    var search = new AcquisitionSearch(candidates, process, acquisition, random);
    for (AcquisitionSearch.Scored each : search.search(anchors(), effort(process.size()))) {
      Configuration candidate = candidates.configuration(each.point());
      if (space.satisfies(candidate) && novelty.add(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static AcquisitionSearch.Effort effort(int size) {
    int samples = size <= 150 ? 1024 : 384;
    int changes = size <= 150 ? 96 : 48;
    int starts = size <= 150 ? 5 : 3;
    return new AcquisitionSearch.Effort(samples, changes, starts, 25);
  }

  private List<double[]> anchors() {
    double[] losses = observations.losses(0);
    List<double[]> anchors = new ArrayList<>();
    int[] best = Neighbourhood.sorted(losses);
    for (int i = 0; i < Math.min(ANCHORS, best.length); i++) {
      anchors.add(observations.point(best[i]));
    }
    return anchors;
  }

  private @Nullable Configuration drawn(RandomGenerator random) {
    Configuration drawn = null;
    for (int attempt = 0; attempt < MOST_DRAWS && !novelty.isListed(); attempt++) {
      drawn = space.sample(random);
      if (novelty.add(drawn)) {
        return drawn;
      }
    }
    if (!novelty.isListable()) {
      return space.size().isPresent() ? null : drawn;
    }
    if (!novelty.isListed()) {
      novelty.list();
    }
    return novelty.take(random.nextDouble());
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    for (EndedTrial trial : newlyEnded) {
      if (trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
        novelty.add(evaluate.candidate());
        if (evaluate.fidelity().isFull()) {
          learn(evaluate.candidate(), trial);
        }
      }
    }
    pending = new ArrayList<>();
    for (ActiveTrial trial : active) {
      if (trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
        pending.add(space.encode(evaluate.candidate()).point());
      }
    }
  }

  private void learn(Configuration candidate, EndedTrial trial) {
    double[] point = space.encode(candidate).point();
    if (trial.outcome() instanceof Outcome.Completed completed) {
      double[] losses =
          objectives.stream().mapToDouble(o -> o.loss(completed.metrics())).toArray();
      for (double loss : losses) {
        if (!Double.isFinite(loss)) {
          failed.add(point);
          return;
        }
      }
      observations.add(point, losses);
    } else if (trial.outcome() instanceof Outcome.Failed) {
      failed.add(point);
    } else if (trial.outcome() instanceof Outcome.Pruned) {
      pruned.add(point);
    }
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
    observations.write(out);
    writePoints(out, failed);
    writePoints(out, pruned);
    writePoints(out, pending);
    model.write(out);
  }

  private static void writePoints(DataOutputStream out, List<double[]> points) throws IOException {
    out.writeInt(points.size());
    for (double[] point : points) {
      Observations.writeAll(out, point);
    }
  }

  private List<double[]> readPoints(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(Observations.readAll(in, space.dimensions()));
    }
    return points;
  }

  @SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
  private record State(
      long suggested,
      Novelty novelty,
      byte[] design,
      Observations observations,
      List<double[]> failed,
      List<double[]> pruned,
      List<double[]> pending,
      LossModel.State model) {}

  @Override
  public void load(byte[] state) {
    State loaded = SavedState.read(state, NAME, VERSION, (in, version) -> read(in));
    design.load(loaded.design());
    suggested = loaded.suggested();
    novelty = loaded.novelty();
    observations = loaded.observations();
    failed = loaded.failed();
    pruned = loaded.pruned();
    pending = loaded.pending();
    model.restore(loaded.model());
  }

  private State read(DataInputStream in) throws IOException {
    return new State(
        in.readLong(),
        Novelty.read(space, in),
        in.readNBytes(in.readInt()),
        Observations.read(in, space.dimensions(), objectives.size()),
        readPoints(in),
        readPoints(in),
        readPoints(in),
        model.read(in));
  }
}
