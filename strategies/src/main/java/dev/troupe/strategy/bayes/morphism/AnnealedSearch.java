package dev.troupe.strategy.bayes.morphism;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Searches a tree for a node of small value: the best node so far is expanded next, as by A*, and
 * its neighbours are kept with the probability of simulated annealing (Jin, Song, Hu 2018,
 * arXiv:1806.10282, algorithm 1). Inner nodes are expanded like leaves, so that a tree in which
 * children are larger than their parents is not merely searched at its far end.
 */
final class AnnealedSearch {

  private final Annealing annealing;

  AnnealedSearch(Annealing annealing) {
    this.annealing = annealing;
  }

  /**
   * A node with its value.
   *
   * @param value the less, the better
   */
  record Valued<N>(N node, double value) {}

  /** The tree below the nodes that are known. */
  interface Tree<N> {

    /** Returns whether a node has no neighbours, whatever is drawn. */
    boolean isLeaf(N node);

    /** Returns some neighbours of a node, none of which it has returned before. */
    List<Valued<N>> neighbours(N node, RandomGenerator random);
  }

  /** A node in the queue; of equal ones the first that came in comes out first. */
  private record Queued<N>(Valued<N> valued, int number) {
    static final Comparator<Queued<?>> ORDER =
        Comparator.<Queued<?>>comparingDouble(queued -> queued.valued().value())
            .thenComparingInt(Queued::number);
  }

  /**
   * Returns the neighbour of least value that was met, or null if there was none.
   *
   * @param known where the search begins; their values may be of another kind, but must compare
   */
  <N> @Nullable Valued<N> search(List<Valued<N>> known, Tree<N> tree, RandomGenerator random) {
    var queue = new PriorityQueue<Queued<N>>(Queued.ORDER);
    double least = Double.POSITIVE_INFINITY;
    int number = 0;
    for (Valued<N> each : known) {
      if (!tree.isLeaf(each.node())) {
        queue.add(new Queued<>(each, number++));
      }
      least = Math.min(least, each.value());
    }
    Valued<N> best = null;
    double temperature = annealing.first();
    while (temperature > 0 && !queue.isEmpty()) {
      for (Valued<N> next : tree.neighbours(queue.remove().valued().node(), random)) {
        boolean isFollowed =
            random.nextDouble() < annealing.acceptance(least, next.value(), temperature);
        if (isFollowed && !tree.isLeaf(next.node())) {
          queue.add(new Queued<>(next, number++));
        }
        least = Math.min(least, next.value());
        best = best == null || next.value() < best.value() ? next : best;
      }
      temperature = annealing.after(temperature);
    }
    return best;
  }
}
