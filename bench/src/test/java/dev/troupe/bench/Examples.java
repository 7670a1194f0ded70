package dev.troupe.bench;

import dev.troupe.StudyFile;
import dev.troupe.study.Objective;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small problems and rows. */
final class Examples {

  private Examples() {}

  static StudyFile parabolaFile(String estimatorMore, String more) {
    String text =
        """
        study     { name = parabola, metric = loss, direction = minimize, clock = virtual }
        space     { x { type = float, low = 0, high = 1 } }
        estimator { name = parabola %s }
        budget    { trials = 30 }
        %s
        """
            .formatted(estimatorMore, more);
    return StudyFile.parse(Path.of("parabola.conf"), text, List.of());
  }

  static Problem parabola(String estimatorMore, String more) {
    return Problem.of(parabolaFile(estimatorMore, more));
  }

  /**
   * Returns a row whose runs, with the seeds from 1, have these values at their only checkpoint.
   */
  static Row row(String problem, String strategy, boolean isRecorded, @Nullable Double... ends) {
    var runs = new ArrayList<Run>();
    for (int i = 0; i < ends.length; i++) {
      List<@Nullable Double> values = new ArrayList<>();
      values.add(ends[i]);
      values.add(ends[i]);
      runs.add(new Run(i + 1L, values, List.of(), null, null));
    }
    return new Row(
        problem, strategy, isRecorded, Objective.minimize("loss"), List.of("25"), runs, null, null);
  }
}
