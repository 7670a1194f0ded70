package dev.troupe.architecture.distance;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import java.util.List;

/**
 * What the edit distance sees of a network: the layers of its main chain, and the connections that
 * skip some of them (Jin, Song, Hu 2018, arXiv:1806.10282, section 3.2).
 *
 * @param stages layers of the main chain in order; unmodifiable
 * @param skips connections beside it, in any order; unmodifiable
 */
public record NetworkOutline(List<Stage> stages, List<Skip> skips) {

  /** Requires that each skip ends within the chain. */
  public NetworkOutline {
    stages = List.copyOf(stages);
    skips = List.copyOf(skips);
    for (Skip skip : skips) {
      if (skip.end() > stages.size()) {
        throw new IllegalArgumentException(
            "A skip must end at most behind the last of %d layers, but %s ends behind layer %d. Maybe %d."
                .formatted(stages.size(), skip, skip.end(), stages.size()));
      }
    }
  }

  /**
   * A layer of the main chain.
   *
   * @param type layers of different types have nothing in common
   * @param sizes numbers above zero by which two layers of a type are compared, each counting the
   *     same; those of a different number of sizes have nothing in common, either; unmodifiable
   */
  public record Stage(String type, List<Integer> sizes) {

    /** Checks the range above. */
    public Stage {
      requireNonNull(type, "type");
      sizes = List.copyOf(sizes);
      for (int size : sizes) {
        if (size < 1) {
          throw new IllegalArgumentException(
              "A layer '%s' needs sizes of at least 1, but had %s. Maybe 1."
                  .formatted(type, sizes));
        }
      }
    }

    /** Returns a layer. */
    public static Stage of(String type, Integer... sizes) {
      return new Stage(type, List.of(sizes));
    }

    /**
     * Returns how different two layers are: 1 for different types, else the mean of |p - q| /
     * max(p, q) over their sizes, and 0 where they have none.
     *
     * @return from 0 to 1
     */
    public double distance(Stage other) {
      if (!type.equals(other.type) || sizes.size() != other.sizes.size()) {
        return 1;
      }
      double sum = 0;
      for (int i = 0; i < sizes.size(); i++) {
        double p = sizes.get(i);
        double q = other.sizes.get(i);
        sum += Math.abs(p - q) / Math.max(p, q);
      }
      return sizes.isEmpty() ? 0 : sum / sizes.size();
    }
  }

  /**
   * A connection that leaves the main chain and comes back to it.
   *
   * @param start how many layers of the chain lie before it, at least 0
   * @param end how many lie before the place where it comes back, at least {@code start}
   * @param type how it is merged there; skips of different types have nothing in common
   */
  public record Skip(int start, int end, String type) {

    /** Checks the ranges above. */
    public Skip {
      requireNonNull(type, "type");
      if (start < 0 || end < start) {
        throw new IllegalArgumentException(
            "A skip must lead forward from layer 0 or later, but leads from %d to %d. Maybe swap them."
                .formatted(start, end));
      }
    }

    /**
     * Returns how different two skips are: 1 for different types, else the difference of their
     * starts and lengths relative to the greater ones.
     *
     * @return from 0 to 1
     */
    public double distance(Skip other) {
      if (!type.equals(other.type)) {
        return 1;
      }
      int length = end - start;
      int otherLength = other.end - other.start;
      double difference = Math.abs(start - other.start) + Math.abs(length - otherLength);
      int greatest = Math.max(start, other.start) + Math.max(length, otherLength);
      return greatest == 0 ? 0 : difference / greatest;
    }
  }

  /**
   * Returns the outline of an architecture. Its main chain is the longest path from the input to
   * the output, without both, merges and identities. Each connection that leaves the chain is a
   * skip to the first merge of the chain at which it can come back. A network that is renamed or
   * listed in another order has the same outline.
   *
   * <p>Layers are compared by these sizes, of which a window's two sides count half each: dense by
   * units; convolutions by filters, kernel and stride; depthwise convolutions and poolings by
   * kernel and stride; others by their type alone. Dilation, the kind of a pooling and the function
   * of an activation belong to the type.
   */
  public static NetworkOutline of(Architecture architecture) {
    return new MainChain(architecture).outline();
  }
}
