package dev.troupe.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts the configurations of a space by eliminating one parameter after the other. Kept while
 * counting: for each combination of what the remaining conditions need to know about earlier
 * parameters, how many ways lead there. Values of a parent that its children cannot tell apart are
 * counted together, so that a wide range costs no more than a narrow one.
 */
final class SpaceSize {

  /** Beyond this many combinations, conditions are too entangled to count. */
  private static final int MOST_STATES = 200_000;

  private final List<Parameter> parameters;
  private final List<List<Condition>> conditions;
  private final ConditionGraph graph;

  SpaceSize(List<Parameter> parameters, List<List<Condition>> conditions, ConditionGraph graph) {
    this.parameters = parameters;
    this.conditions = conditions;
    this.graph = graph;
  }

  /** A way to say which values of a parent are meant: a member of the class, and their number. */
  private record ValueClass(Object member, @Nullable BigInteger count) {}

  /** Says into which classes the values of a parameter fall, if its children matter or not. */
  private interface Classes {
    List<ValueClass> of(int index, boolean isParent);
  }

  /** Returns the number of configurations, or empty if it is infinite. */
  Optional<BigInteger> compute() {
    Tally tally = new Tally((index, isParent) -> isParent ? classes(index) : List.of(whole(index)));
    tally.count();
    tally.requireAllExist();
    return tally.infinite ? Optional.empty() : Optional.of(tally.total());
  }

  /** Returns the number of points of a grid over some values of each parameter. */
  BigInteger ofGrid(List<List<Object>> levels) {
    Tally tally = new Tally((index, isParent) -> levelClasses(levels.get(index), isParent));
    tally.count();
    return tally.total();
  }

  private static List<ValueClass> levelClasses(List<Object> levels, boolean isParent) {
    return isParent
        ? levels.stream().map(value -> new ValueClass(value, BigInteger.ONE)).toList()
        : List.of(new ValueClass(levels, BigInteger.valueOf(levels.size())));
  }

  /** One count: the parameters are eliminated in an order that remembers little at a time. */
  private final class Tally {

    private final Classes classes;
    private final int[] order = graph.countingOrder();
    private final int[] lastUse = lastUses(order);
    private final List<Integer> live = new ArrayList<>();
    private final BitSet existing = new BitSet();
    private Map<List<Object>, BigInteger> states = new HashMap<>();
    private boolean infinite;

    Tally(Classes classes) {
      this.classes = classes;
      states.put(List.of(), BigInteger.ONE);
    }

    void count() {
      for (int place = 0; place < order.length; place++) {
        int index = order[place];
        boolean isParent = lastUse[index] > place;
        Map<List<Object>, BigInteger> next = eliminate(index, isParent);
        if (isParent) {
          live.add(index);
        }
        states = forget(next, live, lastUse, place);
        requireFew(index);
      }
    }

    private Map<List<Object>, BigInteger> eliminate(int index, boolean isParent) {
      List<ValueClass> all = classes.of(index, isParent);
      Map<List<Object>, BigInteger> next = new LinkedHashMap<>();
      states.forEach(
          (state, ways) -> {
            if (!isActive(index, live, state)) {
              merge(next, state, isParent ? Absent.VALUE : null, ways);
              return;
            }
            existing.set(index);
            for (ValueClass valueClass : all) {
              BigInteger count = valueClass.count();
              infinite |= count == null;
              Object remembered = isParent ? valueClass.member() : null;
              merge(next, state, remembered, count == null ? ways : ways.multiply(count));
            }
          });
      return next;
    }

    BigInteger total() {
      return states.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    void requireAllExist() {
      for (int index : order) {
        if (!existing.get(index)) {
          throw new IllegalArgumentException(
              "Parameter '%s': it could never exist, since its conditions (%s) exclude each other."
                      .formatted(parameters.get(index).name(), graph.describe(index))
                  + " Maybe remove one.");
        }
      }
    }

    private void requireFew(int index) {
      if (states.size() > MOST_STATES) {
        throw new IllegalArgumentException(
            "Parameter '%s': conditions entangle more than %d combinations of earlier values."
                    .formatted(parameters.get(index).name(), MOST_STATES)
                + " Maybe nest them instead.");
      }
    }
  }

  /** Stands for the value of a parameter that does not exist. */
  private enum Absent {
    VALUE
  }

  private static void merge(
      Map<List<Object>, BigInteger> states,
      List<Object> key,
      @Nullable Object appended,
      BigInteger count) {
    List<Object> extended = key;
    if (appended != null) {
      extended = new ArrayList<>(key);
      extended.add(appended);
    }
    states.merge(extended, count, BigInteger::add);
  }

  /** Drops what no later condition asks about. */
  private static Map<List<Object>, BigInteger> forget(
      Map<List<Object>, BigInteger> states, List<Integer> live, int[] lastUse, int place) {
    List<Integer> kept = live.stream().filter(index -> lastUse[index] > place).toList();
    if (kept.size() == live.size()) {
      return states;
    }
    Map<List<Object>, BigInteger> merged = new LinkedHashMap<>();
    for (Map.Entry<List<Object>, BigInteger> state : states.entrySet()) {
      var key = new ArrayList<Object>(kept.size());
      for (int i = 0; i < live.size(); i++) {
        if (lastUse[live.get(i)] > place) {
          key.add(state.getKey().get(i));
        }
      }
      merged.merge(key, state.getValue(), BigInteger::add);
    }
    live.retainAll(kept);
    return merged;
  }

  private boolean isActive(int index, List<Integer> live, List<Object> state) {
    int[] parents = graph.parents(index);
    for (int j = 0; j < parents.length; j++) {
      Object value = state.get(live.indexOf(parents[j]));
      if (value == Absent.VALUE || !conditions.get(index).get(j).holds(value)) {
        return false;
      }
    }
    return true;
  }

  /** Returns for each parameter the last place in the order whose condition asks about it. */
  private int[] lastUses(int[] order) {
    var last = new int[parameters.size()];
    Arrays.fill(last, -1);
    for (int place = 0; place < order.length; place++) {
      for (int parent : graph.parents(order[place])) {
        last[parent] = place;
      }
    }
    return last;
  }

  private ValueClass whole(int index) {
    Parameter parameter = parameters.get(index);
    OptionalLong cardinality = parameter.cardinality();
    return cardinality.isPresent()
        ? new ValueClass(parameter.name(), BigInteger.valueOf(cardinality.getAsLong()))
        : new ValueClass(parameter.name(), null);
  }

  /** Returns the values of a parent, grouped by what its children can tell apart. */
  private List<ValueClass> classes(int index) {
    Parameter parameter = parameters.get(index);
    if (parameter instanceof FloatParameter || parameter instanceof IntParameter) {
      return numericClasses(index, parameter);
    }
    return ParameterValues.all(parameter).stream()
        .map(value -> new ValueClass(value, BigInteger.ONE))
        .toList();
  }

  /** Cuts the range wherever a condition of a child begins or ends to hold. */
  private List<ValueClass> numericClasses(int index, Parameter parameter) {
    var cuts = new TreeSet<Double>();
    for (int child = 0; child < parameters.size(); child++) {
      int[] parents = graph.parents(child);
      for (int j = 0; j < parents.length; j++) {
        if (parents[j] == index) {
          addCuts(conditions.get(child).get(j), cuts);
        }
      }
    }
    double low = parameter instanceof FloatParameter real ? real.low() : low(parameter);
    double high = parameter instanceof FloatParameter real ? real.high() : high(parameter);
    cuts.add(low);
    cuts.removeIf(cut -> cut < low || cut > high);
    var classes = new ArrayList<ValueClass>();
    for (double start : cuts) {
      Double end = cuts.higher(start);
      addClass(parameter, start, end == null ? Math.nextUp(high) : end, classes);
    }
    return classes;
  }

  private static double low(Parameter parameter) {
    return ((IntParameter) parameter).low();
  }

  private static double high(Parameter parameter) {
    return ((IntParameter) parameter).high();
  }

  private static void addCuts(Condition condition, Set<Double> cuts) {
    if (condition instanceof Condition.Between between) {
      cuts.add(between.low());
      cuts.add(Math.nextUp(between.high()));
    } else {
      for (Object value : ((Condition.OneOf) condition).values()) {
        double number = ((Number) value).doubleValue();
        cuts.add(number);
        cuts.add(Math.nextUp(number));
      }
    }
  }

  /** Adds the class of the values in {@code [start, end)}, if there are any. */
  private static void addClass(
      Parameter parameter, double start, double end, List<ValueClass> classes) {
    OptionalLong cardinality = parameter.cardinality();
    if (cardinality.isEmpty()) {
      boolean single = Math.nextUp(start) >= end;
      classes.add(new ValueClass(start, single ? BigInteger.ONE : null));
      return;
    }
    long first = firstAtLeast(parameter, start, cardinality.getAsLong());
    long past = firstAtLeast(parameter, end, cardinality.getAsLong());
    if (past > first) {
      classes.add(new ValueClass(parameter.value(first), BigInteger.valueOf(past - first)));
    }
  }

  /** Returns the index of the first value that is at least {@code bound}, by bisection. */
  private static long firstAtLeast(Parameter parameter, double bound, long count) {
    long low = 0;
    long high = count;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (((Number) parameter.value(middle)).doubleValue() >= bound) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
