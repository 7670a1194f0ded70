package dev.troupe.architecture.cell;

import dev.troupe.architecture.Architecture;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.Decoder;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides on the operation of each edge of a cell: {@code e01}, {@code e02}, {@code e12} and so on.
 * Pure and thread safe.
 *
 * @param nodes from 2 to 9
 * @param operations at least one, none twice; unmodifiable
 */
public record EdgeDecisions(int nodes, List<Operation> operations) {

  /** Checks the ranges above. */
  public EdgeDecisions {
    operations = List.copyOf(operations);
    if (nodes < 2 || nodes > EdgeCell.MOST_NODES || operations.isEmpty()) {
      throw new IllegalArgumentException(
          "A cell of edges must have from 2 to %d nodes and an operation to choose, but had %d nodes and the operations %s. Maybe 4 nodes of none, skip and conv3x3."
              .formatted(EdgeCell.MOST_NODES, nodes, operations));
    }
  }

  /**
   * Returns the decisions behind a search space, alone or with other parameters; empty if its
   * configurations stand for something else.
   */
  public static Optional<EdgeDecisions> behind(SearchSpace space) {
    Optional<Decoder<Architecture>> decoder = space.decoder(Architecture.class);
    return decoder
        .flatMap(found -> found.unwrap(EdgeCellSpace.class))
        .map(EdgeCellSpace::decisions);
  }

  /** Adds the parameters. */
  public void addTo(SearchSpace.Builder space) {
    Object[] texts = operations.stream().map(Operation::text).toArray();
    names().forEach(name -> space.add(CategoricalParameter.of(name, texts)));
  }

  /** Returns the names of the parameters in order. */
  public List<String> names() {
    return names("e", nodes);
  }

  /** Returns a name for each edge of a graph, by target. */
  static List<String> names(String beginning, int nodes) {
    var names = new ArrayList<String>();
    for (int to = 1; to < nodes; to++) {
      for (int from = 0; from < to; from++) {
        names.add(beginning + from + (nodes > 10 ? "-" : "") + to);
      }
    }
    return names;
  }

  /** Returns the cell that a valid configuration describes. */
  public EdgeCell read(Configuration configuration) {
    return new EdgeCell(
        nodes, names().stream().map(name -> Operation.of(configuration.getString(name))).toList());
  }

  /**
   * Returns the values that describe a cell.
   *
   * @throws IllegalArgumentException if it has another size or other operations
   */
  public Map<String, Object> write(EdgeCell cell) {
    if (cell.nodes() != nodes || !operations.containsAll(cell.operations())) {
      throw new IllegalArgumentException(
          "A cell here has %d nodes and operations of %s, but this one is %s. Maybe replace some."
              .formatted(nodes, operations, cell));
    }
    var values = new LinkedHashMap<String, Object>();
    List<String> names = names();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), cell.operations().get(i).text());
    }
    return values;
  }
}
