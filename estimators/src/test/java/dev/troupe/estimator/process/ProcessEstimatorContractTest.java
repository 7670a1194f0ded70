package dev.troupe.estimator.process;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorContract;
import dev.troupe.space.Configuration;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class ProcessEstimatorContractTest extends EstimatorContract {

  /** Its loss depends on the seed in the request, and it waits for each verdict. */
  private static final String PROGRAM =
      """
      read request
      seed=${request##*'"seed":'}
      seed=${seed%\\}}
      for step in 1 2 3; do
        echo "{\\"step\\":$step,\\"metrics\\":{\\"loss\\":$((seed % 1000 + step))}}"
        read verdict
        case $verdict in *continue*) ;; *) exit 0 ;; esac
      done
      """;

  @TempDir Path folder;

  @Override
  protected Estimator createEstimator() {
    var command =
        new ProcessCommand(
            List.of("sh", "-c", PROGRAM), folder, Map.of(), Duration.ofSeconds(5), true);
    return ProcessEstimator.create(command, objectives(), null, List.of());
  }

  @Override
  protected Suggestion suggestion() {
    return Suggestion.evaluate(Configuration.of(Map.of("x", 0.25)));
  }

  @Override
  protected List<Objective> objectives() {
    return List.of(Objective.minimize("loss"));
  }
}
