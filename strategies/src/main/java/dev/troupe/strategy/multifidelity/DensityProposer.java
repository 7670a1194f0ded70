package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.Configuration;
import dev.troupe.space.Encoding;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.internal.Novelty;
import dev.troupe.study.Explanation;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The proposer of BOHB (Falkner, Klein, Hutter 2018, arXiv:1807.01774): densities of good and of
 * bad trials at the highest level that has at least d + 1 results. A third of the proposals is
 * random; otherwise 64 points are drawn around good ones, three times as wide as their kernels, of
 * which the one with the largest ratio of the densities is proposed. What does not exist in a
 * trial's configuration is filled in from a trial that has it. As in the authors' HpBandSter, but
 * for the bandwidths of choices ({@link KernelDensity}), and that nothing is proposed twice.
 */
final class DensityProposer implements Proposer {

  private static final double RANDOM_SHARE = 1.0 / 3;
  private static final int SAMPLES = 64;
  private static final double WIDENING = 3;
  private static final int MOST_REDRAWS = 1000;
  private static final double LEAST_DENSITY = 1e-32;
  private static final Explanation DRAWN =
      Explanation.of(
          "It was drawn at random, as a third of them are, and all before there is a model.");

  /**
   * A result at a level.
   *
   * @param loss infinite if the trial was lost
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Result(double[] point, boolean[] active, double loss, long number) {

    static void write(EventOutput out, Result result) {
      out.writeLong(result.point.length);
      for (int axis = 0; axis < result.point.length; axis++) {
        out.writeDouble(result.point[axis]);
        out.writeBoolean(result.active[axis]);
      }
      out.writeDouble(result.loss);
      out.writeLong(result.number);
    }

    static Result read(EventInput in) {
      int size = in.readInt();
      var point = new double[Math.max(0, size)];
      var active = new boolean[point.length];
      for (int axis = 0; axis < point.length; axis++) {
        point[axis] = in.readDouble();
        active[axis] = in.readBoolean();
      }
      return new Result(point, active, in.readDouble(), in.readLong());
    }
  }

  private final SearchSpace space;
  private final Objective objective;
  private final RandomStreams streams;
  private final Axes axes;
  private final DensitySplit split;
  private final List<List<Result>> results = new ArrayList<>();
  private Novelty novelty;

  DensityProposer(SearchSpace space, Objective objective, RandomStreams streams, int levels) {
    this.space = space;
    this.objective = objective;
    this.streams = streams;
    this.axes = Axes.of(space);
    this.split = new DensitySplit(axes.size());
    this.novelty = Novelty.of(space);
    for (int level = 0; level < levels; level++) {
      results.add(new ArrayList<>());
    }
  }

  @Override
  public @Nullable Proposal propose(long number, int level, Collection<Track> running) {
    RandomGenerator random = streams.stream(Kind.STRATEGY, number, "~bohb");
    int modelled = modelledLevel();
    if (modelled >= 0 && random.nextDouble() >= RANDOM_SHARE && !novelty.isListed()) {
      Proposal found = fromModel(modelled, random);
      if (found != null) {
        return found;
      }
    }
    Configuration drawn = novelty.draw(random, false);
    return drawn == null ? null : Proposal.of(drawn, DRAWN);
  }

  /** Returns the highest level with results enough, or -1. */
  private int modelledLevel() {
    for (int level = results.size() - 1; level >= 0; level--) {
      if (results.get(level).size() >= split.least()) {
        return level;
      }
    }
    return -1;
  }

  private @Nullable Proposal fromModel(int level, RandomGenerator random) {
    List<Result> ranked = new ArrayList<>(results.get(level));
    ranked.sort(
        (a, b) ->
            a.loss != b.loss ? Double.compare(a.loss, b.loss) : Long.compare(a.number, b.number));
    int good = split.good(ranked.size());
    int bad = split.bad(ranked.size());
    List<Result> best = ranked.subList(0, Math.min(good, ranked.size()));
    List<Result> rest = ranked.subList(best.size(), Math.min(ranked.size(), good + bad));
    var better = new KernelDensity(axes, filled(best, random));
    var worse = rest.isEmpty() ? null : new KernelDensity(axes, filled(rest, random));
    Configuration chosen = null;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < SAMPLES; i++) {
      double[] point = draw(better, random);
      Configuration candidate = space.decode(point);
      if (!space.satisfies(candidate) || novelty.contains(candidate)) {
        continue;
      }
      double ratio =
          Math.max(better.at(point), LEAST_DENSITY)
              / Math.max(worse == null ? 1 : worse.at(point), LEAST_DENSITY);
      if (ratio > largest) {
        largest = ratio;
        chosen = candidate;
      }
    }
    if (chosen == null) {
      return null;
    }
    novelty.add(chosen);
    return Proposal.of(chosen, explanation(largest, ranked.size()));
  }

  private static Explanation explanation(double ratio, int count) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ratio of densities", ratio);
    figures.put("results of the model", (double) count);
    return Explanation.of("Good trials are denser here than bad ones.", figures);
  }

  /** Returns the points, with what they lack taken from some other that has it, or drawn. */
  private List<double[]> filled(List<Result> some, RandomGenerator random) {
    var points = new ArrayList<double[]>(some.size());
    for (Result result : some) {
      double[] point = result.point.clone();
      for (int axis = 0; axis < point.length; axis++) {
        if (!result.active[axis]) {
          point[axis] = fill(axis, some, random);
        }
      }
      points.add(point);
    }
    return points;
  }

  private static double fill(int axis, List<Result> some, RandomGenerator random) {
    List<Result> having = some.stream().filter(each -> each.active[axis]).toList();
    return having.isEmpty()
        ? random.nextDouble()
        : having.get(random.nextInt(having.size())).point[axis];
  }

  private double[] draw(KernelDensity good, RandomGenerator random) {
    double[] center = good.points().get(random.nextInt(good.points().size()));
    var point = new double[center.length];
    for (int axis = 0; axis < point.length; axis++) {
      point[axis] =
          axes.isChoice(axis)
              ? drawChoice(axis, center[axis], good.bandwidth(axis, 1), random)
              : drawNumber(center[axis], good.bandwidth(axis, WIDENING), random);
    }
    return point;
  }

  private double drawChoice(int axis, double center, double width, RandomGenerator random) {
    return random.nextDouble() < 1 - width
        ? center
        : axes.unit(axis, random.nextInt(axes.choices().get(axis)));
  }

  /** Draws from a normal distribution within the unit interval. */
  private static double drawNumber(double center, double width, RandomGenerator random) {
    for (int i = 0; i < MOST_REDRAWS; i++) {
      double drawn = center + width * random.nextGaussian();
      if (drawn >= 0 && drawn <= 1) {
        return drawn;
      }
    }
    return center;
  }

  @Override
  public void begun(long number, TrialId trial) {}

  @Override
  public void reached(TrialId trial, Configuration candidate, int level, Metrics metrics) {
    add(trial, candidate, level, objective.loss(metrics));
  }

  @Override
  public void lost(TrialId trial, Configuration candidate, int level) {
    add(trial, candidate, level, Double.POSITIVE_INFINITY);
  }

  private void add(TrialId trial, Configuration candidate, int level, double loss) {
    Encoding encoding = space.encode(candidate);
    if (!novelty.isListed()) {
      novelty.add(candidate); // another may have suggested it
    }
    results.get(level).add(new Result(encoding.point(), encoding.active(), loss, trial.number()));
  }

  @Override
  public void write(EventOutput out) {
    out.writeAll(results, (to, level) -> to.writeAll(level, Result::write));
    SavedNovelty.write(out, novelty);
  }

  @Override
  public void read(EventInput in) {
    List<List<Result>> saved = in.readAll(from -> from.readAll(Result::read));
    boolean fits =
        saved.size() == results.size()
            && saved.stream()
                .allMatch(level -> level.stream().allMatch(r -> r.point.length == axes.size()));
    if (!fits) {
      throw new IllegalArgumentException("The saved state is of another space or other levels.");
    }
    for (int level = 0; level < saved.size(); level++) {
      results.get(level).addAll(saved.get(level));
    }
    novelty = SavedNovelty.read(in, space);
  }
}
