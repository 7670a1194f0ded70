package dev.troupe.daemon;

import dev.troupe.KeptTrial;
import dev.troupe.space.Configuration;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which parameters, metrics and fidelities the trials of a study have. Not thread safe. */
final class CsvColumns {

  private final Set<String> parameters = new LinkedHashSet<>();
  private final Set<String> metrics = new LinkedHashSet<>();
  private final Set<String> measured = new LinkedHashSet<>();
  private final Set<String> axes = new LinkedHashSet<>();

  /** Takes note of a trial's. */
  void add(KeptTrial trial) {
    Configuration candidate = trial.candidate();
    if (candidate != null) {
      parameters.addAll(candidate.names());
    }
    if (trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
      axes.addAll(evaluate.fidelity().axes().keySet());
    }
    add(trial.metrics(), metrics);
    addMeasured(trial.measurements());
    trial.earlier().forEach(attempt -> addMeasured(attempt.measurements()));
  }

  private void addMeasured(List<Measurement> measurements) {
    measurements.forEach(measurement -> add(measurement.metrics(), measured));
  }

  private static void add(Metrics some, Set<String> names) {
    names.addAll(some.numbers().keySet());
    names.addAll(some.vectorNames());
  }

  Set<String> parameters() {
    return parameters;
  }

  /** Returns the names of the results. */
  Set<String> metrics() {
    return metrics;
  }

  /** Returns the names of what was measured on the way. */
  Set<String> measured() {
    return measured;
  }

  /** Returns the axes of fidelity. */
  Set<String> axes() {
    return axes;
  }

  /** Returns heads for metrics; where a name is taken, {@code metric-NAME}. */
  static List<String> heads(Set<String> metrics, List<String> taken) {
    var heads = new ArrayList<String>();
    metrics.forEach(metric -> heads.add(taken.contains(metric) ? "metric-" + metric : metric));
    return heads;
  }
}
