package dev.troupe.strategy.bayes;

import dev.troupe.space.Condition;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which parameters exist at a point of the unit cube. Immutable and thread safe. */
final class Activity {

  /** Conditional parameters, parents first, each with what it depends on. */
  private record Rule(int index, int[] parents, List<Condition> conditions) {}

  private final List<Parameter> parameters;
  private final List<Rule> rules;

  private Activity(List<Parameter> parameters, List<Rule> rules) {
    this.parameters = parameters;
    this.rules = rules;
  }

  static Activity of(SearchSpace space) {
    List<String> names = space.names();
    var rules = new ArrayList<Rule>();
    var placed = new boolean[names.size()];
    for (int round = 0; round < names.size(); round++) {
      for (int i = 0; i < placed.length; i++) {
        List<Condition> conditions = space.conditions(names.get(i));
        int[] parents = conditions.stream().mapToInt(c -> names.indexOf(c.parent())).toArray();
        if (!placed[i] && areAll(placed, parents)) {
          placed[i] = true;
          if (parents.length > 0) {
            rules.add(new Rule(i, parents, conditions));
          }
        }
      }
    }
    return new Activity(space.parameters(), rules);
  }

  private static boolean areAll(boolean[] placed, int[] parents) {
    for (int parent : parents) {
      if (!placed[parent]) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a parameter depends on others. */
  boolean isConditional(int index) {
    return rules.stream().anyMatch(rule -> rule.index() == index);
  }

  /** Returns whether any parameter depends on others. */
  boolean hasConditions() {
    return !rules.isEmpty();
  }

  /**
   * Finds out.
   *
   * @param point shape [d]
   * @param active receives the answer, shape [d]
   */
  void resolve(double[] point, boolean[] active) {
    Arrays.fill(active, true);
    for (Rule rule : rules) {
      active[rule.index()] = isActive(rule, point, active);
    }
  }

  private boolean isActive(Rule rule, double[] point, boolean[] active) {
    for (int i = 0; i < rule.parents().length; i++) {
      int parent = rule.parents()[i];
      if (!active[parent]
          || !rule.conditions().get(i).holds(parameters.get(parent).decode(point[parent]))) {
        return false;
      }
    }
    return true;
  }
}
