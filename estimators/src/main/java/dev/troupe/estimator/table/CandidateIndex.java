package dev.troupe.estimator.table;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.Encoding;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the rows of a configuration. Rows with a value outside the space are left out; a blank cell
 * is a parameter that is not active. Immutable and thread safe.
 */
final class CandidateIndex {

  private static final int OUTSIDE = -2;
  private static final int INACTIVE = -1;
  private static final BigInteger MOST_COUNTED = BigInteger.valueOf(10_000_000);

  private final String table;
  private final SearchSpace space;
  private final List<List<Object>> values = new ArrayList<>();
  private final List<Map<Object, Integer>> codes = new ArrayList<>();
  private final double[][] units;
  private final boolean[] unordered;
  private final RowGroups groups;

  /**
   * Sorts the rows of a table by their configurations.
   *
   * @throws IllegalArgumentException if there is none in the space
   */
  CandidateIndex(TableData data, SearchSpace space) {
    Columns columns = data.columns();
    this.table = columns.file();
    this.space = space;
    int dimensions = space.dimensions();
    var rowCodes = new int[dimensions][];
    units = new double[dimensions][];
    unordered = new boolean[dimensions];
    for (int d = 0; d < dimensions; d++) {
      Parameter parameter = space.parameters().get(d);
      TextColumn column = columns.text(data.parameters().getOrDefault(parameter.name(), ""));
      rowCodes[d] = codes(parameter, column);
      unordered[d] = parameter instanceof CategoricalParameter p && !p.ordered();
      units[d] = values.get(d).stream().mapToDouble(parameter::encode).toArray();
    }
    groups = RowGroups.of(rowCodes, inside(data, rowCodes));
  }

  /** Returns the code of each row; remembers the values. */
  private int[] codes(Parameter parameter, TextColumn column) {
    var cells = new ParameterCells(parameter);
    var known = new ArrayList<Object>();
    var codeOf = new HashMap<Object, Integer>();
    int[] translated = new int[column.dictionary().size()];
    for (int i = 0; i < translated.length; i++) {
      String text = column.dictionary().get(i);
      Object value = text.isEmpty() ? null : cells.value(text);
      if (value == null) {
        translated[i] = text.isEmpty() ? INACTIVE : OUTSIDE;
      } else {
        translated[i] = codeOf.computeIfAbsent(value, each -> known.size());
        if (translated[i] == known.size()) {
          known.add(value);
        }
      }
    }
    values.add(known);
    codes.add(codeOf);
    return IntStream.range(0, column.rows()).map(row -> translated[column.code(row)]).toArray();
  }

  private int[] inside(TableData data, int[][] rowCodes) {
    Columns columns = data.columns();
    int[] rows =
        IntStream.range(0, columns.rows()).filter(row -> firstOutside(rowCodes, row) < 0).toArray();
    if (rows.length == 0) {
      Parameter parameter = space.parameters().get(Math.max(0, firstOutside(rowCodes, 0)));
      String column = data.parameters().getOrDefault(parameter.name(), "");
      throw new IllegalArgumentException(
          "Table '%s': no row lies in the space: in line %d, for one, '%s' %s, but was '%s'. Maybe space = infer."
              .formatted(
                  table,
                  columns.line(0),
                  parameter.name(),
                  parameter.rule(),
                  columns.text(column).text(0)));
    }
    return rows;
  }

  private static int firstOutside(int[][] rowCodes, int row) {
    for (int d = 0; d < rowCodes.length; d++) {
      if (rowCodes[d][row] == OUTSIDE) {
        return d;
      }
    }
    return -1;
  }

  /** Returns the number of different configurations. */
  int size() {
    return groups.size();
  }

  /** Returns whether every configuration of the space has a row, as far as it can be told soon. */
  boolean isComplete() {
    Optional<BigInteger> size = space.size();
    if (size.isEmpty() || size.get().compareTo(MOST_COUNTED) > 0) {
      return false;
    }
    for (Iterator<Configuration> all = space.enumerate(); all.hasNext(); ) {
      if (find(all.next()) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns all configurations in the space, in the order of their first rows. */
  List<Configuration> candidates() {
    return IntStream.range(0, size())
        .mapToObj(this::configuration)
        .filter(space::contains)
        .toList();
  }

  /** Returns the rows of a configuration, ascending. */
  int[] rows(int group) {
    return groups.rows(group);
  }

  int firstRow(int group) {
    return groups.firstRow(group);
  }

  Configuration configuration(int group) {
    var map = new LinkedHashMap<String, Object>();
    for (int d = 0; d < units.length; d++) {
      int code = groups.code(d, group);
      if (code >= 0) {
        map.put(space.names().get(d), values.get(d).get(code));
      }
    }
    return Configuration.of(map);
  }

  boolean isInSpace(int group) {
    return space.contains(configuration(group));
  }

  /** Returns the number of a configuration, or -1 if the table does not have it. */
  int find(Configuration candidate) {
    var key = new int[units.length];
    for (int d = 0; d < key.length; d++) {
      Object value = candidate.find(space.names().get(d));
      Parameter parameter = space.parameters().get(d);
      Integer code =
          value == null
              ? Integer.valueOf(INACTIVE)
              : codes.get(d).get(ParameterCells.canonical(parameter, value));
      if (code == null) {
        return -1;
      }
      key[d] = code;
    }
    return groups.find(key);
  }

  /**
   * Returns the nearest configuration, as {@link dev.troupe.space.NearestConfigurations} has it,
   * the earlier row of equals.
   */
  int nearest(Configuration candidate) {
    Encoding wanted = space.encode(candidate);
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int group = 0; group < size(); group++) {
      double distance = 0;
      for (int d = 0; d < units.length && distance < least; d++) {
        distance += squaredDistance(wanted, d, groups.code(d, group));
      }
      if (distance < least) {
        least = distance;
        nearest = group;
      }
    }
    return nearest;
  }

  private double squaredDistance(Encoding wanted, int d, int code) {
    boolean active = wanted.active()[d];
    if (!active || code < 0) {
      return active == code >= 0 ? 0 : 1;
    }
    double difference = wanted.point()[d] - units[d][code];
    return unordered[d] ? (difference == 0 ? 0 : 1) : difference * difference;
  }
}
