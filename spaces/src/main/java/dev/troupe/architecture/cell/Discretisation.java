package dev.troupe.architecture.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes cells of relaxed operations: each node keeps the two edges on which an operation other than
 * {@code none} weighs most, each with that operation (Liu, Simonyan, Yang 2019, arXiv:1806.09055).
 * Pure.
 */
public final class Discretisation {

  private Discretisation() {}

  /** Returns how many edges a relaxed cell has: 14 for 4 nodes. */
  public static int edges(int nodes) {
    return nodes * (nodes + 2 * BlockCell.INPUTS - 1) / 2;
  }

  /**
   * Returns the cell of relaxed operations.
   *
   * @param alphas shape {@code [edges, operations]}: for each node in order a row for each state
   *     before it, before the softmax of its row; finite
   * @param operations what the columns mean; one at least is not {@code none}
   * @throws IllegalArgumentException if the shape is not that of a cell, or all operations are none
   */
  public static BlockCell ofAlphas(double[][] alphas, List<Operation> operations) {
    var weights = new double[alphas.length][];
    for (int i = 0; i < alphas.length; i++) {
      weights[i] = softmax(alphas[i]);
    }
    return ofWeights(weights, operations);
  }

  /**
   * Returns the cell of relaxed operations, the stronger edge of each node first; of equally strong
   * edges and operations the first counts.
   *
   * @param weights shape {@code [edges, operations]}, as for {@link #ofAlphas}, but after the
   *     softmax
   * @param operations what the columns mean; one at least is not {@code none}
   * @throws IllegalArgumentException if the shape is not that of a cell, or all operations are none
   */
  public static BlockCell ofWeights(double[][] weights, List<Operation> operations) {
    requireShape(weights, operations);
    var blocks = new ArrayList<Block>();
    int row = 0;
    while (row < weights.length) {
      var edges = new ArrayList<Edge>();
      for (int input = 0; input < blocks.size() + BlockCell.INPUTS; input++) {
        edges.add(strongest(input, weights[row++], operations));
      }
      edges.sort(Comparator.comparingDouble(Edge::weight).reversed()); // stable
      blocks.add(new Block(edges.get(0).half(), edges.get(1).half(), Combine.ADD));
    }
    return new BlockCell(blocks);
  }

  private static Edge strongest(int input, double[] row, List<Operation> operations) {
    int best = -1;
    for (int i = 0; i < row.length; i++) {
      boolean counts = operations.get(i) != Operation.NONE;
      if (counts && (best < 0 || row[i] > row[best])) {
        best = i;
      }
    }
    return new Edge(new Block.Half(input, operations.get(best)), row[best]);
  }

  private static void requireShape(double[][] weights, List<Operation> operations) {
    int nodes = 1;
    while (edges(nodes) < weights.length) {
      nodes++;
    }
    if (edges(nodes) != weights.length) {
      throw new IllegalArgumentException(
          "A relaxed cell of %d nodes has %d rows, one for each edge, but there were %d. Maybe a node's rows are missing."
              .formatted(nodes, edges(nodes), weights.length));
    }
    if (operations.stream().allMatch(operation -> operation == Operation.NONE)) {
      throw new IllegalArgumentException(
          "A relaxed cell needs an operation other than none, but had %s. Maybe add skip."
              .formatted(operations));
    }
    for (double[] row : weights) {
      if (row.length != operations.size()) {
        throw new IllegalArgumentException(
            "A row of a relaxed cell has a number for each of %d operations, but one had %d. Maybe it belongs to another list of operations."
                .formatted(operations.size(), row.length));
      }
      for (double weight : row) {
        if (!Double.isFinite(weight)) {
          throw new IllegalArgumentException(
              "The weights of a relaxed cell must be finite, but one was %s. Maybe lower the learning rate."
                  .formatted(weight));
        }
      }
    }
  }

  private static double[] softmax(double[] row) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double value : row) {
      highest = Math.max(highest, value);
    }
    var result = new double[row.length];
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      result[i] = Math.exp(row[i] - highest);
      sum += result[i];
    }
    for (int i = 0; i < row.length; i++) {
      result[i] /= sum;
    }
    return result;
  }

  private record Edge(Block.Half half, double weight) {}
}
