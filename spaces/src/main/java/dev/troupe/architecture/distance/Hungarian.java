package dev.troupe.architecture.distance;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/** The Hungarian method of Kuhn and Munkres, by JGraphT. */
final class Hungarian {

  /**
   * The method compares differences with zero: those of whole numbers are exact. So is their sum,
   * in whatever order the edges come, which differs from run to run.
   */
  private static final double UNIT = 0x1p-44;

  private Hungarian() {}

  /**
   * Returns the least cost of giving each row a column of its own, to some 1e-13.
   *
   * @param costs from 0 to 1, shape [rows, columns], with at least as many columns as rows
   */
  static double cost(double[][] costs) {
    int size = costs[0].length;
    Graph<Integer, DefaultWeightedEdge> graph =
        new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    Set<Integer> rows = vertices(graph, 0, size);
    Set<Integer> columns = vertices(graph, size, size);
    for (int row : rows) {
      for (int column : columns) {
        double cost = row < costs.length ? costs[row][column - size] : 0;
        graph.setEdgeWeight(graph.addEdge(row, column), Math.rint(cost / UNIT));
      }
    }
    var method = new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(graph, rows, columns);
    return method.getMatching().getWeight() * UNIT;
  }

  private static Set<Integer> vertices(
      Graph<Integer, DefaultWeightedEdge> graph, int first, int count) {
    Set<Integer> vertices = new LinkedHashSet<>();
    for (int i = first; i < first + count; i++) {
      graph.addVertex(i);
      vertices.add(i);
    }
    return vertices;
  }
}
