package dev.troupe.monitoring.report;

import dev.troupe.plot.NumberText;
import dev.troupe.study.Objective;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What sections of a report share: which trials are the best, and how values are written. */
final class Results {

  private final ReportedStudy study;
  private final List<ReportedTrial> completed;

  /** Those that can be the best: of full fidelity, once there are such. */
  private final List<ReportedTrial> contenders;

  private final List<ReportedTrial> front;
  private final Set<TrialId> best = new HashSet<>();

  Results(ReportedStudy study) {
    this.study = study;
    completed = study.trials().stream().filter(this::isResult).toList();
    List<ReportedTrial> full = completed.stream().filter(ReportedTrial::isFull).toList();
    contenders = full.isEmpty() ? completed : full;
    front = findFront();
    front.forEach(trial -> best.add(trial.id()));
  }

  ReportedStudy study() {
    return study;
  }

  List<Objective> objectives() {
    return study.objectives();
  }

  /** Returns the completed trials that have a finite value of every objective. */
  List<ReportedTrial> completed() {
    return completed;
  }

  /**
   * Returns the trials that no other one beats in every objective, in the order of their numbers;
   * with one objective the best, the earliest among equals.
   */
  List<ReportedTrial> front() {
    return front;
  }

  /**
   * Returns the best trial of the first objective, the earliest among equals. What was seen at full
   * fidelity is better than all that was not.
   */
  @Nullable ReportedTrial best() {
    return contenders.isEmpty() ? null : Collections.min(contenders, order());
  }

  /** Returns whether it is the best, or one of the front. */
  boolean isBest(ReportedTrial trial) {
    return best.contains(trial.id());
  }

  /** Returns the value of an objective, or NaN if there is no finite one. */
  static double value(Objective objective, ReportedTrial trial) {
    double value = trial.metrics().getOrNaN(objective.metric());
    return Double.isFinite(value) ? value : Double.NaN;
  }

  private boolean isResult(ReportedTrial trial) {
    return trial.isCompleted()
        && !study.objectives().isEmpty()
        && study.objectives().stream()
            .allMatch(objective -> Double.isFinite(value(objective, trial)));
  }

  private Comparator<ReportedTrial> order() {
    Objective first = study.objectives().get(0);
    return Comparator.<ReportedTrial>comparingDouble(trial -> first.loss(trial.metrics()))
        .thenComparing(ReportedTrial::id);
  }

  private List<ReportedTrial> findFront() {
    if (contenders.isEmpty()) {
      return List.of();
    }
    List<ReportedTrial> ordered = contenders.stream().sorted(order()).toList();
    if (study.objectives().size() == 1) {
      return List.of(ordered.get(0));
    }
    var found = new ArrayList<ReportedTrial>();
    for (ReportedTrial trial : ordered) {
      if (found.stream().noneMatch(other -> dominates(other, trial))) {
        found.removeIf(other -> dominates(trial, other)); // equal in the first objective
        found.add(trial);
      }
    }
    found.sort(Comparator.comparing(ReportedTrial::id));
    return found;
  }

  private boolean dominates(ReportedTrial a, ReportedTrial b) {
    boolean isBetter = false;
    for (Objective objective : study.objectives()) {
      double lossOfA = objective.loss(a.metrics());
      double lossOfB = objective.loss(b.metrics());
      if (lossOfA > lossOfB) {
        return false;
      }
      isBetter |= lossOfA < lossOfB;
    }
    return isBetter;
  }

  /** Returns {@code trial 3, completed: accuracy 0.9}. */
  String title(ReportedTrial trial) {
    var title = new StringBuilder("trial ").append(trial.id().number()).append(", ");
    title.append(word(trial.state()));
    String separator = ": ";
    for (Objective objective : study.objectives()) {
      if (trial.metrics().has(objective.metric())) {
        title
            .append(separator)
            .append(objective.metric())
            .append(' ')
            .append(NumberText.brief(trial.metrics().get(objective.metric())));
        separator = ", ";
      }
    }
    return title.toString();
  }

  /** Returns a constant's name as people read it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Returns a value of a parameter as people read it. */
  static String text(Object value) {
    return value instanceof Double number ? NumberText.brief(number) : value.toString();
  }

  /** Returns metrics as {@code name value, …}. */
  static String text(Map<String, Double> numbers) {
    var parts = new ArrayList<String>();
    numbers.forEach((name, value) -> parts.add(name + " " + NumberText.brief(value)));
    return String.join(", ", parts);
  }
}
