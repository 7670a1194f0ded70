package dev.troupe.estimator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessEstimatorProviderTest {

  @TempDir Path folder;

  @Test
  void create_fromStudyFile_runsTheCommand() throws Exception {
    try (Estimator estimator =
        create(
            """
            name = process, time-limit = 10m, retries = 1, grace = 1s
            command = [sh, -c, "echo \\"{\\\\\\"loss\\\\\\":$N}\\""]
            environment { N = 0.50 }
            """)) {
      Metrics result =
          estimator.evaluate(
              Suggestion.evaluate(Configuration.of(Map.of("x", 0.5))), RecordingEvaluation.of(1));

      assertThat(result).isEqualTo(Metrics.of("loss", 0.5));
    }
  }

  @Test
  void create_withoutCommand_isRefused() {
    assertThatThrownBy(() -> create("name = process"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("estimator.command", "Maybe");
    assertThatThrownBy(() -> create("command = []"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("estimator.command", "Maybe");
  }

  @Test
  void create_wrongSettings_areRefused() {
    assertThatThrownBy(() -> create("command = [sh], grace = soon"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("grace");
    assertThatThrownBy(() -> create("command = [sh], environment = 3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("environment");
    assertThatThrownBy(() -> create("command = [sh], comand = [sh]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe 'command'");
  }

  @Test
  void create_folderMissing_isRefused() {
    folder = folder.resolve("missing");

    assertThatThrownBy(() -> create("command = [sh]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing");
  }

  private Estimator create(String text) {
    var provider = Providers.find(EstimatorProvider.class, "estimator", "process");
    var settings = Settings.of("estimator", ConfigFactory.parseString(text));
    Providers.requireKnown(provider, settings);
    return provider.create(
        new EstimatorRequest(
            SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build(),
            List.of(Objective.minimize("loss")),
            RandomStreams.of(1),
            settings,
            folder));
  }
}
