package dev.troupe.architecture.cell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A cell with one input, in which an operation leads from each node to each later one (Dong, Yang
 * 2020, arXiv:2001.00326). A node is the sum of what its edges bring.
 *
 * @param nodes from 2 to 9, the input and the output among them
 * @param operations one for each edge, listed by target: 0-1, 0-2, 1-2, 0-3, 1-3, 2-3 and so on;
 *     unmodifiable
 */
public record EdgeCell(int nodes, List<Operation> operations) {

  /** The most nodes of a cell. */
  public static final int MOST_NODES = 9;

  private static final String ZERO = "#";

  /** Checks the ranges above. */
  public EdgeCell {
    operations = List.copyOf(operations);
    if (nodes < 2 || nodes > MOST_NODES) {
      throw new IllegalArgumentException(
          "A cell of edges must have from 2 to %d nodes, but had %d. Maybe 4."
              .formatted(MOST_NODES, nodes));
    }
    if (operations.size() != EdgeGraph.pairs(nodes)) {
      throw new IllegalArgumentException(
          "A cell of %d nodes has %d edges, but this one had %d operations. Maybe fill it up with none."
              .formatted(nodes, EdgeGraph.pairs(nodes), operations.size()));
    }
  }

  /** Returns the operation from one node to a later one. */
  public Operation operation(int from, int to) {
    return operations.get(EdgeGraph.place(from, to));
  }

  /**
   * Returns the cell that stands for all those which differ from this one only in the order of
   * inner nodes, or on edges that are on no path from the input to the output, where it has {@code
   * none}: of these the one whose operations are least.
   *
   * <p>{@code skip} is an operation like others here. Cells that differ only in the way in which
   * {@code skip} joins nodes compute the same, and stay apart; see {@link #expression}.
   */
  public EdgeCell canonical() {
    return graph().live().renumbered().stream()
        .map(EdgeCell::of)
        .min(Comparator.comparing(EdgeCell::operations, EdgeCell::compare))
        .orElse(this);
  }

  private static int compare(List<Operation> one, List<Operation> other) {
    return IntStream.range(0, one.size())
        .map(i -> one.get(i).compareTo(other.get(i)))
        .filter(order -> order != 0)
        .findFirst()
        .orElse(0);
  }

  /**
   * Returns the text by which NAS-Bench-201 tells cells apart ({@code to_unique_str} with {@code
   * consider_zero}): what each node computes, written out from the input {@code 0}, where {@code
   * skip} leaves no trace and {@code #} is zero. Among its 15,625 cells are 6,466 texts. Cells with
   * equal texts can differ in their number of weights, since a node that is read twice is written
   * out twice.
   */
  public String expression() {
    var texts = new ArrayList<String>(List.of("0"));
    for (int to = 1; to < nodes; to++) {
      var terms = new ArrayList<String>();
      for (int from = 0; from < to; from++) {
        terms.add(term(operation(from, to), texts.get(from)));
      }
      terms.sort(Comparator.naturalOrder());
      texts.add(String.join("+", terms));
    }
    return texts.get(nodes - 1);
  }

  private static String term(Operation operation, String source) {
    if (operation == Operation.NONE || source.equals(ZERO)) {
      return ZERO;
    }
    return operation == Operation.SKIP ? source : "(%s)@%s".formatted(source, operation);
  }

  EdgeGraph<Operation> graph() {
    return new EdgeGraph<>(
        nodes,
        operations.stream()
            .map(each -> each == Operation.NONE ? Optional.<Operation>empty() : Optional.of(each))
            .toList());
  }

  private static EdgeCell of(EdgeGraph<Operation> graph) {
    return new EdgeCell(
        graph.nodes(), graph.edges().stream().map(edge -> edge.orElse(Operation.NONE)).toList());
  }

  /** Returns the form {@code 1 = conv3x3(0), 2 = skip(0) + none(1)}. */
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    for (int to = 1; to < nodes; to++) {
      int target = to;
      lines.add(
          to
              + " = "
              + String.join(
                  " + ",
                  IntStream.range(0, to)
                      .mapToObj(from -> operation(from, target) + "(" + from + ")")
                      .toList()));
    }
    return String.join(", ", lines);
  }
}
