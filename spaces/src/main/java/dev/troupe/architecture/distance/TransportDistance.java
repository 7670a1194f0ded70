package dev.troupe.architecture.distance;

import dev.troupe.architecture.Architecture;
import java.util.List;

/**
 * What it costs to move the layers of one network onto those of another: each layer is a mass,
 * moving it onto a layer that does something else or lies elsewhere in the graph costs by the unit,
 * and what finds no place costs 1 by the unit (OTMANN: Kandasamy, Neiswanger, Schneider, Poczos,
 * Xing 2018, arXiv:1802.07191).
 *
 * <p>The mass of a layer with weights is the product of the channels that it reads and puts out, a
 * tenth of that where it is dense; the mass of a pooling or a depthwise convolution is its
 * channels. The input weighs a tenth of all these together, but at least 100, and so do the output
 * and its decision, which are one layer here. Other layers weigh nothing: they decide what layers
 * with a mass are linked, and an activation what a dense layer before it does.
 *
 * <p>The paper knows residual layers in place of sums; there are none here. Between convolutions of
 * different kinds (dilated, separable, depthwise), which it has not, the cost is that of their
 * kernels and 0.1.
 *
 * <p>Symmetric, and 0 for equal networks. Solved exactly as a linear program: some 10 ms for two
 * networks of 20 layers, more than the square of it for more. Unlike {@link EditDistance}, which is
 * thousands of times as fast, it sees all of a graph. Immutable and thread safe.
 */
public final class TransportDistance {

  private final double structureWeight;

  private TransportDistance(double structureWeight) {
    this.structureWeight = structureWeight;
  }

  /**
   * Returns the distance in which the places of layers have a weight.
   *
   * @param structureWeight at least 0 and finite; the authors put together those of 0.1, 0.25, 0.61
   *     and 1.5
   */
  public static TransportDistance withStructureWeight(double structureWeight) {
    if (!(structureWeight >= 0 && structureWeight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The structure's weight in a distance must be at least 0 and finite, but was %s. Maybe 0.25."
              .formatted(structureWeight));
    }
    return new TransportDistance(structureWeight);
  }

  /**
   * Returns the distance of two architectures, in units of mass.
   *
   * @return from 0 to the sum of all masses of both
   */
  public double between(Architecture first, Architecture second) {
    return between(MassiveLayer.of(first), MassiveLayer.of(second));
  }

  /**
   * Returns the distance of two architectures by the sum of all masses of both, which makes
   * networks of all sizes comparable.
   *
   * @return from 0 to 1
   */
  public double normalized(Architecture first, Architecture second) {
    List<MassiveLayer> from = MassiveLayer.of(first);
    List<MassiveLayer> to = MassiveLayer.of(second);
    return between(from, to) / (total(from) + total(to));
  }

  private double between(List<MassiveLayer> from, List<MassiveLayer> to) {
    var costs = new double[from.size()][to.size()];
    for (int i = 0; i < costs.length; i++) {
      for (int j = 0; j < costs[i].length; j++) {
        costs[i][j] = cost(from.get(i), to.get(j));
      }
    }
    return Transport.of(masses(from), masses(to), costs).cost();
  }

  double cost(MassiveLayer first, MassiveLayer second) {
    return first.label().cost(second.label())
        + structureWeight * MassiveLayer.structureCost(first.paths(), second.paths());
  }

  private static double[] masses(List<MassiveLayer> layers) {
    return layers.stream().mapToDouble(MassiveLayer::mass).toArray();
  }

  private static double total(List<MassiveLayer> layers) {
    return layers.stream().mapToDouble(MassiveLayer::mass).sum();
  }
}
