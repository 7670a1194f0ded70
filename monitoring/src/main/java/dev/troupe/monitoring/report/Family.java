package dev.troupe.monitoring.report;

import dev.troupe.study.Objective;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The trials of a study that have a parent or a child. */
final class Family {

  private final Results results;
  private final Map<TrialId, ReportedTrial> trials = new TreeMap<>();
  private final Set<TrialId> members = new HashSet<>();
  private int children;

  Family(Results results) {
    this.results = results;
    results.study().trials().forEach(trial -> trials.put(trial.id(), trial));
    for (ReportedTrial trial : trials.values()) {
      ReportedTrial parent = parent(trial);
      if (parent != null) {
        children++;
        members.add(trial.id());
        members.add(parent.id());
      }
    }
  }

  /** Returns the parent, if it is on record and has a lower number, as all parents have. */
  private @Nullable ReportedTrial parent(ReportedTrial trial) {
    TrialId parent = trial.parent();
    return parent == null || parent.compareTo(trial.id()) >= 0 ? null : trials.get(parent);
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** Returns how many trials have a parent. */
  int children() {
    return children;
  }

  /** Returns how many trials have a parent or a child. */
  int size() {
    return members.size();
  }

  /** Returns a trial, its parent, and so on. */
  List<ReportedTrial> line(ReportedTrial trial) {
    var line = new ArrayList<ReportedTrial>();
    for (ReportedTrial each = trial; each != null; each = parent(each)) {
      line.add(each);
    }
    return line;
  }

  /** Returns a tree of at most so many trials: the best ones and those that they descend from. */
  FamilyTree tree(int most) {
    Set<TrialId> chosen = new HashSet<>();
    for (ReportedTrial trial : bestFirst()) {
      var missing = new HashSet<TrialId>();
      line(trial).forEach(each -> missing.add(each.id()));
      missing.removeAll(chosen);
      if (chosen.size() + missing.size() <= most) {
        chosen.addAll(missing);
      }
    }
    var tree = new FamilyTree();
    for (ReportedTrial trial : trials.values()) {
      if (chosen.contains(trial.id())) {
        tree.add(trial, parent(trial));
      }
    }
    return tree.placed();
  }

  private List<ReportedTrial> bestFirst() {
    Objective objective = results.objectives().isEmpty() ? null : results.objectives().get(0);
    return trials.values().stream()
        .filter(trial -> members.contains(trial.id()))
        .sorted(
            Comparator.<ReportedTrial, Boolean>comparing(trial -> !trial.isCompleted())
                .thenComparingDouble(
                    trial -> objective == null ? 0 : objective.loss(trial.metrics()))
                .thenComparing(ReportedTrial::id))
        .toList();
  }
}
