package dev.troupe.strategy.bayes.tpe;

import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The axes of a space, in groups of those that always exist together: those without a condition,
 * and those under the same conditions. Parameters of one value are left out. Immutable and thread
 * safe.
 */
final class Layout {

  /**
   * Axes that exist together.
   *
   * @param axes indices of the parameters in the space, ascending
   * @param isConditional whether there are configurations without them
   */
  @SuppressWarnings("ArrayRecordComponent") // read in inner loops
  record Group(int[] axes, boolean isConditional) {}

  private final Axis[] axes;
  private final Group[] groups;
  private final int[] groupOfAxis;

  private Layout(SearchSpace space) {
    List<Parameter> parameters = space.parameters();
    axes = parameters.stream().map(Axis::of).toArray(Axis[]::new);
    groupOfAxis = new int[axes.length];
    var members = new LinkedHashMap<Set<Condition>, List<Integer>>();
    for (int i = 0; i < axes.length; i++) {
      if (axes[i].cells() != 1) {
        var when = new LinkedHashSet<>(space.conditions(parameters.get(i).name()));
        members.computeIfAbsent(when, key -> new ArrayList<>()).add(i);
      }
    }
    groups = new Group[members.size()];
    int next = 0;
    for (Map.Entry<Set<Condition>, List<Integer>> each : members.entrySet()) {
      int[] indices = each.getValue().stream().mapToInt(Integer::intValue).toArray();
      for (int index : indices) {
        groupOfAxis[index] = next;
      }
      groups[next] = new Group(indices, !each.getKey().isEmpty());
      next++;
    }
  }

  /** Returns the layout of a space. */
  static Layout of(SearchSpace space) {
    return new Layout(space);
  }

  /** Returns the number of parameters of the space. */
  int dimensions() {
    return axes.length;
  }

  Axis axis(int index) {
    return axes[index];
  }

  int groups() {
    return groups.length;
  }

  Group group(int index) {
    return groups[index];
  }

  /** Returns the group of an axis that has more than one value. */
  int groupOf(int axis) {
    return groupOfAxis[axis];
  }

  /** Returns whether each group exists where these parameters are active. */
  boolean[] present(boolean[] active) {
    var present = new boolean[groups.length];
    for (int i = 0; i < present.length; i++) {
      present[i] = active[groups[i].axes()[0]];
    }
    return present;
  }

  /** Returns whether each group exists in a configuration. */
  boolean[] present(Configuration configuration) {
    var present = new boolean[groups.length];
    for (int i = 0; i < present.length; i++) {
      present[i] = configuration.has(axes[groups[i].axes()[0]].name());
    }
    return present;
  }

  /** Returns the number of axes with more than one value. */
  int freeAxes() {
    int free = 0;
    for (Group group : groups) {
      free += group.axes().length;
    }
    return free;
  }

  /** Returns whether there are configurations without some group. */
  boolean isConditional() {
    for (Group group : groups) {
      if (group.isConditional()) {
        return true;
      }
    }
    return false;
  }
}
