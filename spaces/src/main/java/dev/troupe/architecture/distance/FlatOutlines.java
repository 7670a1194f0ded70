package dev.troupe.architecture.distance;

import dev.troupe.architecture.distance.NetworkOutline.Skip;
import dev.troupe.architecture.distance.NetworkOutline.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Outlines in a form in which many distances are fast: networks share most of their layers, so that
 * the distances of the different ones fit into a table.
 */
final class FlatOutlines {

  private final int[][] chains; // places of the layers in the table
  private final double[][] stageDistances;
  private final List<List<Skip>> skips;
  private final int[] skipSets; // equal for outlines with the same skips in the same order

  FlatOutlines(List<NetworkOutline> outlines) {
    Map<Stage, Integer> places = new HashMap<>();
    Map<List<Skip>, Integer> sets = new HashMap<>();
    chains = new int[outlines.size()][];
    skipSets = new int[outlines.size()];
    for (int i = 0; i < chains.length; i++) {
      chains[i] =
          outlines.get(i).stages().stream()
              .mapToInt(stage -> places.computeIfAbsent(stage, key -> places.size()))
              .toArray();
      skipSets[i] = sets.computeIfAbsent(outlines.get(i).skips(), key -> sets.size());
    }
    skips = outlines.stream().map(NetworkOutline::skips).toList();
    stageDistances = table(places);
  }

  private static double[][] table(Map<Stage, Integer> places) {
    var table = new double[places.size()][places.size()];
    places.forEach((stage, i) -> places.forEach((other, j) -> table[i][j] = stage.distance(other)));
    return table;
  }

  double distance(int first, int second, double skipWeight) {
    double distance = align(chains[first], chains[second], stageDistances);
    if (skipWeight > 0 && skipSets[first] != skipSets[second]) {
      distance += skipWeight * SkipMatching.cost(skips.get(first), skips.get(second));
    }
    return distance;
  }

  /**
   * The edit distance by dynamic programming, of which the last row is enough.
   *
   * @param stageDistances rows by the numbers in {@code first}, columns by those in {@code second}
   */
  static double align(int[] first, int[] second, double[][] stageDistances) {
    var row = new double[second.length + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int stage : first) {
      double[] distances = stageDistances[stage];
      double diagonal = row[0];
      double left = ++row[0];
      for (int j = 1; j < row.length; j++) {
        double changed = diagonal + distances[second[j - 1]];
        diagonal = row[j];
        left = Math.min(changed, Math.min(diagonal, left) + 1);
        row[j] = left;
      }
    }
    return row[second.length];
  }
}
