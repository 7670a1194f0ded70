package dev.troupe.space;

import dev.troupe.settings.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which parameter exists because of which; checked to be complete and without a cycle. */
final class ConditionGraph {

  private final List<Parameter> parameters;
  private final List<List<Condition>> conditions;
  private final int[][] parents;
  private final int[] order;

  ConditionGraph(List<Parameter> parameters, List<List<Condition>> conditions) {
    this.parameters = parameters;
    this.conditions = conditions;
    parents = new int[parameters.size()][];
    Map<String, Integer> indexByName = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      indexByName.put(parameters.get(i).name(), i);
    }
    for (int i = 0; i < parameters.size(); i++) {
      List<Condition> own = conditions.get(i);
      parents[i] = new int[own.size()];
      for (int j = 0; j < own.size(); j++) {
        parents[i][j] = requireParent(parameters.get(i).name(), own.get(j), indexByName);
      }
    }
    order = sort();
  }

  /** Returns the indices of all parameters, parents first, else in declared order. */
  int[] order() {
    return order;
  }

  /** Returns the indices of the parents of a parameter, one for each of its conditions. */
  int[] parents(int index) {
    return parents[index];
  }

  /** Returns whether a parameter exists; {@code values} holds null where a parent does not. */
  boolean isActive(int index, @Nullable Object[] values) {
    int[] own = parents[index];
    for (int j = 0; j < own.length; j++) {
      Object value = values[own[j]];
      if (value == null || !conditions.get(index).get(j).holds(value)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the conditions of a parameter as text. */
  String describe(int index) {
    return conditions.get(index).stream()
        .map(ConditionGraph::describe)
        .collect(Collectors.joining(" and "));
  }

  private static String describe(Condition condition) {
    if (condition instanceof Condition.OneOf oneOf) {
      var values = new ArrayList<>(oneOf.values().stream().map(Object::toString).toList());
      Collections.sort(values);
      return oneOf.parent() + " is " + String.join(" or ", values);
    }
    var between = (Condition.Between) condition;
    return "%s is from %s to %s".formatted(between.parent(), between.low(), between.high());
  }

  private int requireParent(String name, Condition condition, Map<String, Integer> indexByName) {
    Integer index = indexByName.get(condition.parent());
    if (index == null) {
      throw new IllegalArgumentException(
          "Parameter '%s': its condition names '%s', which is no parameter. %s"
              .formatted(
                  name,
                  condition.parent(),
                  Nearest.hint(condition.parent(), new TreeSet<>(indexByName.keySet()))));
    }
    Parameter parent = parameters.get(index);
    if (condition instanceof Condition.OneOf oneOf) {
      for (Object value : oneOf.values()) {
        requireValue(name, parent, value);
      }
    } else {
      requireRange(name, parent, (Condition.Between) condition);
    }
    return index;
  }

  private static void requireValue(String name, Parameter parent, Object value) {
    if (!parent.contains(value)) {
      String hint = "";
      if (parent instanceof CategoricalParameter categorical) {
        List<String> texts = categorical.choices().stream().map(Object::toString).toList();
        hint = " " + Nearest.hint(value.toString(), texts);
      }
      throw new IllegalArgumentException(
          "Parameter '%s': its condition wants '%s' to be %s, but it %s.%s"
              .formatted(name, parent.name(), value, parent.rule(), hint));
    }
  }

  private static void requireRange(String name, Parameter parent, Condition.Between between) {
    double low;
    double high;
    if (parent instanceof FloatParameter real) {
      low = real.low();
      high = real.high();
    } else if (parent instanceof IntParameter whole) {
      low = whole.low();
      high = whole.high();
    } else {
      throw new IllegalArgumentException(
          "Parameter '%s': its condition gives a range of '%s', which is no number but %s."
                  .formatted(name, parent.name(), parent.rule().replaceFirst("^must be ", ""))
              + " Maybe list its values.");
    }
    if (between.high() < low || between.low() > high) {
      throw new IllegalArgumentException(
          "Parameter '%s': its condition wants '%s' from %s to %s, but it %s."
                  .formatted(name, parent.name(), between.low(), between.high(), parent.rule())
              + " Maybe widen the range.");
    }
  }

  /**
   * Returns the indices of all parameters, parents first and children as close behind them as can
   * be: few values have to be remembered at a time by who counts in this order.
   */
  int[] countingOrder() {
    var placed = new LinkedHashSet<Integer>();
    for (int index : order) {
      place(index, placed);
    }
    return placed.stream().mapToInt(Integer::intValue).toArray();
  }

  private void place(int index, Set<Integer> placed) {
    if (placed.contains(index) || !placed.containsAll(asList(parents[index]))) {
      return;
    }
    placed.add(index);
    for (int child : order) {
      if (asList(parents[child]).contains(index)) {
        place(child, placed);
      }
    }
  }

  private static List<Integer> asList(int[] indices) {
    return Arrays.stream(indices).boxed().toList();
  }

  private int[] sort() {
    var sorted = new ArrayList<Integer>(parameters.size());
    var state = new int[parameters.size()];
    for (int i = 0; i < parameters.size(); i++) {
      visit(i, state, sorted, new ArrayList<>());
    }
    return sorted.stream().mapToInt(Integer::intValue).toArray();
  }

  private void visit(int index, int[] state, List<Integer> sorted, List<Integer> path) {
    if (state[index] == 2) {
      return;
    }
    path.add(index);
    if (state[index] == 1) {
      String cycle =
          path.subList(path.indexOf(index), path.size()).stream()
              .map(i -> "'" + parameters.get(i).name() + "'")
              .collect(Collectors.joining(" needs "));
      throw new IllegalArgumentException(
          "Conditions must not form a cycle, but %s. Maybe remove one of these conditions."
              .formatted(cycle));
    }
    state[index] = 1;
    for (int parent : parents[index]) {
      visit(parent, state, sorted, path);
    }
    state[index] = 2;
    path.remove(path.size() - 1);
    sorted.add(index);
  }
}
