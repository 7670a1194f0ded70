package dev.troupe.estimator.table;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorContract;
import dev.troupe.space.Configuration;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Curves with repeats, so that both steps and draws are there. */
final class TableEstimatorContractTest extends EstimatorContract {

  @TempDir Path folder;

  @Override
  protected Estimator createEstimator() throws IOException {
    Files.write(folder.resolve("t.csv"), List.of("x,a1,a2,a3,b1,b2,b3", "1,3,2,1,6,5,4"));
    String settings =
        """
        file = t.csv, metrics { loss = ["a{epoch}", "b{epoch}"] }
        fidelity { epochs { from = 1, to = 3 } }, parameters = [x]
        """;
    return Tables.create(folder, settings, "loss");
  }

  @Override
  protected Suggestion suggestion() {
    return Suggestion.evaluate(Configuration.of(Map.of("x", 1L)));
  }

  @Override
  protected List<Objective> objectives() {
    return List.of(Objective.minimize("loss"));
  }
}
