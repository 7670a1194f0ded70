package dev.troupe.strategy.bayes.morphism;

import dev.troupe.architecture.distance.BourgainEmbedding;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import dev.troupe.strategy.bayes.morphism.AnnealedSearch.Valued;
import dev.troupe.strategy.internal.LossWarp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What losses networks are expected to have: a {@link NetworkMixture} on coordinates that stand for
 * edit distances (Jin, Song, Hu 2018, arXiv:1806.10282, section 3.2). Of many trials the best and
 * the newest are held, so that the cost stops to grow. Good until its distances are used by another
 * model; not thread safe.
 */
final class NetworkModel {

  /** Of networks whose losses are not known the newest count, of each kind. */
  private static final int MOST_BELIEVED = 50;

  /** The target of a failed trial at most, in standard deviations above the mean. */
  private static final double MOST_PESSIMISTIC = 2;

  private final List<Trials.Observed> held;
  private final Distances distances;
  private final BourgainEmbedding embedding;
  private final Traits traits;
  private final LossWarp warp;
  private final double[] targets;
  private final NetworkMixture process;

  /**
   * Learns.
   *
   * @param trials of which at least one has completed
   * @param losses of those that have, finite
   * @param mostHeld how many of those are held
   * @param distances keeps what it has computed for the model before
   * @param random decides on the coordinates
   */
  NetworkModel(
      Trials trials,
      double[] losses,
      int mostHeld,
      Distances distances,
      LinearAlgebra algebra,
      RandomGenerator random) {
    int[] chosen = choose(losses, mostHeld);
    double[] heldLosses = Arrays.stream(chosen).mapToDouble(i -> losses[i]).toArray();
    held = Arrays.stream(chosen).mapToObj(trials.observed()::get).toList();
    this.distances = distances;
    distances.hold(held.stream().map(Trials.Observed::network).toList());
    embedding = BourgainEmbedding.draw(distances.matrix(), random);
    traits = new Traits(held.stream().map(each -> each.network().traits()).toList());
    List<NetworkPoint> points = points();
    var fit = new NetworkFit(points, heldLosses, algebra);
    warp = fit.warp();
    targets = warp.targets(heldLosses);
    process = new NetworkMixture(fit, points, targets, algebra);
    believe(trials);
  }

  private List<NetworkPoint> points() {
    var points = new ArrayList<NetworkPoint>();
    for (int i = 0; i < held.size(); i++) {
      points.add(point(embedding.coordinates(i), held.get(i).network()));
    }
    return points;
  }

  /** Returns which trials are held, in order: half of them the best, half the newest others. */
  private static int[] choose(double[] losses, int most) {
    if (losses.length <= most) {
      return IntStream.range(0, losses.length).toArray();
    }
    List<Integer> byLoss =
        IntStream.range(0, losses.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> losses[i]))
            .toList();
    int best = most / 2;
    IntStream newest =
        byLoss.subList(best, losses.length).stream()
            .sorted(Comparator.reverseOrder())
            .limit(most - best)
            .mapToInt(i -> i);
    return IntStream.concat(byLoss.subList(0, best).stream().mapToInt(i -> i), newest)
        .sorted()
        .toArray();
  }

  private void believe(Trials trials) {
    double worst = Arrays.stream(targets).max().orElse(0);
    believe(trials.failed(), Math.min(worst, MOST_PESSIMISTIC));
    believe(trials.pruned(), 0);
    believe(trials.pending(), Double.NEGATIVE_INFINITY);
  }

  private void believe(List<Network> networks, double least) {
    int from = Math.max(0, networks.size() - MOST_BELIEVED);
    for (Network network : networks.subList(from, networks.size())) {
      process.believe(point(network), least);
    }
  }

  private NetworkPoint point(Network network) {
    return point(embedding.coordinates(distances.to(network)), network);
  }

  private NetworkPoint point(double[] coordinates, Network network) {
    return new NetworkPoint(
        coordinates, traits.standardised(network.traits()), network.companions());
  }

  /** Returns the networks that are held, with their targets. */
  List<Valued<Network>> roots() {
    var roots = new ArrayList<Valued<Network>>();
    for (int i = 0; i < targets.length; i++) {
      Trials.Observed each = held.get(i);
      roots.add(new Valued<>(each.network().trainedBy(each.trial()), targets[i]));
    }
    return roots;
  }

  /** Returns how many trials are held. */
  int size() {
    return held.size();
  }

  /** Predicts the target of a network. */
  NetworkProcess.Prediction predict(Network network) {
    return process.predict(point(network));
  }

  /** Returns the deviation of the noise of targets. */
  double noise() {
    return process.noise();
  }

  /** Returns how losses became targets. */
  LossWarp warp() {
    return warp;
  }

  /** A trial at an edit distance. */
  record Near(Trials.Observed observed, double distance) {}

  /** Returns the trials of the networks that are nearest to one, nearest first. */
  List<Near> nearest(Network network, int most) {
    double[] row = distances.to(network);
    return IntStream.range(0, row.length)
        .mapToObj(i -> new Near(held.get(i), row[i]))
        .sorted(Comparator.comparingDouble(Near::distance))
        .limit(most)
        .toList();
  }
}
