package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.internal.Novelty;
import dev.troupe.study.Explanation;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The proposer of DEHB (Awad, Mallik, Hutter 2021, arXiv:2105.09821): a population of points of the
 * unit cube for each level. Until the population of a level is full, and as long as there are not
 * three results below, proposals are random. Then each is a trial point of differential evolution,
 * rand/1 with binomial crossover and F = CR = 0.5, whose target is the next member of the level's
 * own population; the three it is made of are among the best of the population of the level below
 * (of its own at the lowest level), of which as many count as the own population has. It replaces
 * its target unless it is worse. A coordinate out of range is drawn anew.
 *
 * <p>A point whose configuration was tried before, or breaks a constraint, is replaced by a random
 * one.
 */
final class DifferentialProposer implements Proposer {

  private static final double SCALE = 0.5;
  private static final double CROSSOVER = 0.5;
  private static final int PARENTS = 3;
  private static final int MOST_TRIED = 20;
  private static final Explanation DRAWN =
      Explanation.of("It was drawn at random: its population is not full yet, or nothing was new.");
  private static final Explanation EVOLVED =
      Explanation.of("It was made of three good trials with less, and of its target.");

  /** A member of a population; the loss is infinite if the trial was lost. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Individual(double[] point, double loss, long number) {

    static void write(EventOutput out, Individual each) {
      out.writeLong(each.point.length);
      for (double unit : each.point) {
        out.writeDouble(unit);
      }
      out.writeDouble(each.loss);
      out.writeLong(each.number);
    }

    static Individual read(EventInput in) {
      var point = new double[Math.max(0, in.readInt())];
      for (int axis = 0; axis < point.length; axis++) {
        point[axis] = in.readDouble();
      }
      return new Individual(point, in.readDouble(), in.readLong());
    }

    boolean isBetterThan(Individual other) {
      return loss < other.loss || loss == other.loss && number < other.number;
    }
  }

  /** What a trial is to replace at its first level; the target is -1 where it joins. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Aim(double[] point, int target) {

    static void write(EventOutput out, Aim aim) {
      Individual.write(out, new Individual(aim.point, 0, aim.target));
    }

    static Aim read(EventInput in) {
      Individual read = Individual.read(in);
      return new Aim(read.point, Math.toIntExact(read.number));
    }
  }

  private final SearchSpace space;
  private final Objective objective;
  private final RandomStreams streams;
  private final List<Integer> sizes;
  private final List<List<Individual>> populations = new ArrayList<>();
  private final int[] counters;
  private final TreeMap<Long, Aim> unnumbered = new TreeMap<>();
  private final TreeMap<TrialId, Aim> running = new TreeMap<>();
  private Novelty novelty;

  /**
   * Begins.
   *
   * @param sizes of the population of each level
   */
  DifferentialProposer(
      SearchSpace space, Objective objective, RandomStreams streams, List<Integer> sizes) {
    this.space = space;
    this.objective = objective;
    this.streams = streams;
    this.sizes = List.copyOf(sizes);
    this.counters = new int[sizes.size()];
    this.novelty = Novelty.of(space);
    for (int level = 0; level < sizes.size(); level++) {
      populations.add(new ArrayList<>());
    }
  }

  @Override
  public @Nullable Proposal propose(long number, int level, Collection<Track> active) {
    RandomGenerator random = streams.stream(Kind.STRATEGY, number, "~dehb");
    List<Individual> own = populations.get(level);
    boolean isFull = own.size() >= sizes.get(level);
    List<Individual> parents = parents(level);
    if (isFull && parents.size() >= PARENTS && !novelty.isListed()) {
      int target = counters[level] % own.size();
      counters[level] = target + 1;
      for (int i = 0; i < MOST_TRIED; i++) {
        double[] point = evolve(own.get(target).point, parents, random);
        Configuration candidate = space.decode(point);
        if (space.satisfies(candidate) && novelty.add(candidate)) {
          unnumbered.put(number, new Aim(point, target));
          return Proposal.of(candidate, EVOLVED);
        }
      }
    }
    Configuration drawn = novelty.draw(random, false);
    if (drawn == null) {
      return null;
    }
    int target = -1;
    if (isFull) {
      target = counters[level] % own.size();
      counters[level] = target + 1;
    }
    unnumbered.put(number, new Aim(space.encode(drawn).point(), target));
    return Proposal.of(drawn, DRAWN);
  }

  /** Returns those that a trial point of a level is made of, if there are three. */
  private List<Individual> parents(int level) {
    List<Individual> below = new ArrayList<>(populations.get(Math.max(0, level - 1)));
    below.sort((a, b) -> a.isBetterThan(b) ? -1 : b.isBetterThan(a) ? 1 : 0);
    List<Individual> best =
        new ArrayList<>(below.subList(0, Math.min(below.size(), sizes.get(level))));
    for (int other = 0; best.size() < PARENTS && other < populations.size(); other++) {
      for (Individual each : populations.get(other)) {
        if (best.size() < PARENTS && best.stream().noneMatch(b -> b.number == each.number)) {
          best.add(each);
        }
      }
    }
    return best;
  }

  private static double[] evolve(
      double[] target, List<Individual> parents, RandomGenerator random) {
    int a = random.nextInt(parents.size());
    int b = other(parents.size(), random, a, a);
    int c = other(parents.size(), random, a, b);
    int certain = random.nextInt(target.length);
    var point = target.clone();
    for (int axis = 0; axis < point.length; axis++) {
      if (axis == certain || random.nextDouble() < CROSSOVER) {
        double mutant =
            parents.get(a).point[axis]
                + SCALE * (parents.get(b).point[axis] - parents.get(c).point[axis]);
        point[axis] = mutant >= 0 && mutant <= 1 ? mutant : random.nextDouble();
      }
    }
    return point;
  }

  private static int other(int count, RandomGenerator random, int a, int b) {
    int drawn = random.nextInt(count);
    while (drawn == a || drawn == b) {
      drawn = random.nextInt(count);
    }
    return drawn;
  }

  @Override
  public void begun(long number, TrialId trial) {
    Aim aim = unnumbered.remove(number);
    if (aim != null) {
      running.put(trial, aim);
    }
  }

  @Override
  public void reached(TrialId trial, Configuration candidate, int level, Metrics metrics) {
    settle(trial, candidate, level, objective.loss(metrics));
  }

  @Override
  public void lost(TrialId trial, Configuration candidate, int level) {
    settle(trial, candidate, level, Double.POSITIVE_INFINITY);
  }

  private void settle(TrialId trial, Configuration candidate, int level, double loss) {
    if (!novelty.isListed()) {
      novelty.add(candidate); // another may have suggested it
    }
    Aim aim = running.remove(trial);
    double[] point = aim == null ? space.encode(candidate).point() : aim.point();
    var individual = new Individual(point, loss, trial.number());
    List<Individual> population = populations.get(level);
    int target = aim == null ? -1 : aim.target();
    if (population.size() < sizes.get(level)) {
      population.add(individual);
      return;
    }
    int place = target >= 0 && target < population.size() ? target : worst(population);
    if (loss <= population.get(place).loss) {
      population.set(place, individual);
    }
  }

  private static int worst(List<Individual> population) {
    int worst = 0;
    for (int i = 1; i < population.size(); i++) {
      worst = population.get(worst).isBetterThan(population.get(i)) ? i : worst;
    }
    return worst;
  }

  @Override
  public void write(EventOutput out) {
    out.writeAll(populations, (to, level) -> to.writeAll(level, Individual::write));
    for (int counter : counters) {
      out.writeLong(counter);
    }
    write(out, unnumbered);
    var byNumber = new TreeMap<Long, Aim>();
    running.forEach((trial, aim) -> byNumber.put(trial.number(), aim));
    write(out, byNumber);
    SavedNovelty.write(out, novelty);
  }

  private static void write(EventOutput out, TreeMap<Long, Aim> aims) {
    out.writeAll(
        aims.entrySet(),
        (to, entry) -> {
          to.writeLong(entry.getKey());
          Aim.write(to, entry.getValue());
        });
  }

  private static Map<Long, Aim> readAims(EventInput in) {
    var aims = new HashMap<Long, Aim>();
    for (int left = in.readCount(); left > 0; left--) {
      aims.put(in.readLong(), Aim.read(in));
    }
    return aims;
  }

  @Override
  public void read(EventInput in) {
    List<List<Individual>> saved = in.readAll(from -> from.readAll(Individual::read));
    int dimensions = space.dimensions();
    boolean fits =
        saved.size() == populations.size()
            && saved.stream()
                .allMatch(level -> level.stream().allMatch(i -> i.point.length == dimensions));
    if (!fits) {
      throw new IllegalArgumentException("The saved state is of another space or other levels.");
    }
    for (int level = 0; level < saved.size(); level++) {
      populations.get(level).addAll(saved.get(level));
      counters[level] = in.readInt();
    }
    unnumbered.putAll(readAims(in));
    readAims(in).forEach((number, aim) -> running.put(TrialId.of(number), aim));
    novelty = SavedNovelty.read(in, space);
  }
}
