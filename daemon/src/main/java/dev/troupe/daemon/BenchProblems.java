package dev.troupe.daemon;

import dev.troupe.StudyFile;
import dev.troupe.bench.Problem;
import dev.troupe.bench.Shifts;
import dev.troupe.bench.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The problems of a comparison, each made when its turn comes.
 *
 * @param overrides settings of the form {@code key=value}, which win over each problem's own
 * @param shifts by what synthetic problems are moved, or null; see {@link Shifts}
 */
record BenchProblems(List<String> overrides, @Nullable Integer shifts) {

  /** Returns those of a suite. */
  List<Supplier<Problem>> ofSuite(Suite suite, @Nullable Path data) {
    return suite.problems().stream()
        .<Supplier<Problem>>map(
            problem ->
                () ->
                    shifts == null
                        ? suite.problem(problem, data, overrides)
                        : suite.movedProblem(problem, data, overrides, shifts))
        .toList();
  }

  /**
   * Returns those that study files describe.
   *
   * @throws IllegalArgumentException if a file is wrong, or two studies have the same name
   */
  List<Supplier<Problem>> ofFiles(List<Path> files) {
    var names = new HashSet<String>();
    var problems = new ArrayList<Supplier<Problem>>();
    for (Path file : files) {
      StudyFile study = StudyFile.load(file, overrides);
      if (!names.add(study.name())) {
        throw new IllegalArgumentException(
            "--study: each problem needs a name of its own, but there is the name '%s' again. Maybe set study.name in its file."
                .formatted(study.name()));
      }
      problems.add(
          () ->
              shifts == null
                  ? Problem.of(study)
                  : Problem.moved(new Shifts(shifts, more -> load(file, more))));
    }
    return problems;
  }

  private StudyFile load(Path file, List<String> more) {
    var all = new ArrayList<>(overrides);
    all.addAll(more);
    return StudyFile.load(file, all);
  }
}
