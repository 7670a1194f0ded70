package dev.troupe.architecture.distance;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/** The Hungarian method of Kuhn and Munkres, by JGraphT. */
final class Hungarian {

  /** The method compares differences with zero: those of whole numbers are exact. */
  private static final double UNIT = 0x1p-44;

  private Hungarian() {}

  /**
   * Returns the least cost of giving each row a column of its own.
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
    double sum = 0;
    var method = new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(graph, rows, columns);
    for (DefaultWeightedEdge edge : method.getMatching()) {
      int row = graph.getEdgeSource(edge);
      sum += row < costs.length ? costs[row][graph.getEdgeTarget(edge) - size] : 0;
    }
    return sum;
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
