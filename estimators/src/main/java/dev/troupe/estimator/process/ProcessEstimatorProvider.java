package dev.troupe.estimator.process;

import static java.util.Objects.requireNonNullElse;

import dev.troupe.architecture.Architecture;
import dev.troupe.estimator.DeclaredFidelities;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@code process} estimator. A program takes any parameter and may report any metric, so
 * that both are checked trial by trial; so is whether the program exists, since it may appear while
 * the study runs.
 */
public final class ProcessEstimatorProvider implements EstimatorProvider {

  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  /** Called by {@link java.util.ServiceLoader}. */
  public ProcessEstimatorProvider() {}

  @Override
  public String name() {
    return "process";
  }

  @Override
  public String description() {
    return "Any program: reads a configuration as a line of JSON, writes its metrics as such";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("command", "required", "the program and its arguments, as a list"),
        new Option(
            "fidelity",
            "none",
            "what it can spend less of: { epochs { low = 1, high = 50 }, data { low = 0.1, high = 1 } }"),
        new Option("environment", "none", "variables that the program gets besides ours"),
        new Option(
            "verdicts",
            "true",
            "answer each measurement; false: standard input ends after the request"),
        new Option("grace", "5s", "time to end after a stop or pause, then it is killed"),
        new Option("time-limit", "none", "how long an attempt may take, then it is killed"),
        new Option("retries", "0", "how often a failed trial is tried again"));
  }

  @Override
  public Estimator create(EstimatorRequest request) {
    Settings settings = request.settings();
    var command =
        new ProcessCommand(
            words(settings),
            request.folder(),
            environment(settings),
            requireNonNullElse(settings.findDuration("grace"), DEFAULT_GRACE),
            settings.getBoolean("verdicts", true));
    return ProcessEstimator.create(
        command,
        request.objectives(),
        request.space().decoder(Architecture.class).orElse(null),
        DeclaredFidelities.read(settings));
  }

  private static List<String> words(Settings settings) {
    if (!settings.has("command")) {
      throw new IllegalArgumentException(
          "%s.command must be set. Maybe add command = [python3, train.py]."
              .formatted(settings.part()));
    }
    return settings.getStrings("command", List.of());
  }

  private static Map<String, String> environment(Settings settings) {
    Settings block = settings.getSettings("environment");
    var variables = new LinkedHashMap<String, String>();
    for (String name : block.keys()) {
      @Nullable String value = block.findString(name);
      variables.put(name, value == null ? "" : value);
    }
    return variables;
  }
}
