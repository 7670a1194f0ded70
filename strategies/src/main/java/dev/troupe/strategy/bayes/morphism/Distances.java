package dev.troupe.strategy.bayes.morphism;

import dev.troupe.architecture.distance.EditDistance;
import dev.troupe.architecture.distance.KnownOutlines;
import java.util.ArrayList;
import java.util.List;

/**
 * Edit distances of the networks that a model holds. Those of pairs are kept: a network that comes
 * after the others costs one distance to each. Not thread safe.
 */
final class Distances {

  private final List<Network> networks = new ArrayList<>();
  private final List<double[]> rows = new ArrayList<>();
  private KnownOutlines known = EditDistance.standard().known();

  /** Takes over which networks are held. */
  void hold(List<Network> wanted) {
    if (!beginsWithHeld(wanted)) {
      networks.clear();
      rows.clear();
      known = EditDistance.standard().known();
    }
    for (Network network : wanted.subList(networks.size(), wanted.size())) {
      rows.add(known.distances(network.outline()));
      known.add(network.outline());
      networks.add(network);
    }
  }

  private boolean beginsWithHeld(List<Network> wanted) {
    if (wanted.size() < networks.size()) {
      return false;
    }
    for (int i = 0; i < networks.size(); i++) {
      if (wanted.get(i) != networks.get(i)) { // to compare what they are would take longer
        return false;
      }
    }
    return true;
  }

  /** Returns the distances of all pairs, shape [networks, networks]. */
  double[][] matrix() {
    int size = networks.size();
    var matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        matrix[i][j] = rows.get(i)[j];
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  /** Returns the distances of a network to those that are held, shape [networks]. */
  double[] to(Network network) {
    return known.distances(network.outline());
  }
}
