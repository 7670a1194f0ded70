package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.estimator.dl4j.data.DataRequest;
import dev.troupe.estimator.dl4j.data.DataSetProvider;
import dev.troupe.estimator.dl4j.data.InputShape;
import dev.troupe.estimator.dl4j.data.LabelledData;
import dev.troupe.estimator.dl4j.data.NestedRows;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.estimator.dl4j.data.Task;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Nearest;
import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Objective;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the estimators of this package have in common: data, epochs, and the checks at the start.
 */
abstract class NetworkProvider implements EstimatorProvider {

  private static final int MOST_EPOCHS = 100_000;
  private static final int MOST_REPEATS = 100;
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  private final String name;
  private final String description;
  private final List<Tunable> tunables;

  NetworkProvider(String name, String description, List<Tunable> tunables) {
    this.name = name;
    this.description = description;
    this.tunables = List.copyOf(tunables);
  }

  /**
   * Returns what builds the networks, after any check that depends on the data.
   *
   * @param epochs of a whole training
   */
  abstract NetworkFactory factory(EstimatorRequest request, PreparedData data, int epochs);

  /** Returns the parameters of a space that are no tunables; none by default. */
  Set<String> decidedElsewhere(SearchSpace space) {
    return Set.of();
  }

  /** Returns the names of what {@link Network#costs} returns; none by default. */
  List<String> costNames() {
    return List.of();
  }

  /** Returns options that other providers do not have; none by default. */
  List<Option> furtherOptions() {
    return List.of();
  }

  /** Returns what a space may search. */
  List<Tunable> tunables() {
    return tunables;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  /** ND4J's backend, threads and memory limits are one for the whole JVM. */
  @Override
  public boolean wantsOwnJvm() {
    return true;
  }

  /** Returns its own keys, those of all known data sets, and its parameters. */
  @Override
  public List<Option> options() {
    Map<String, Option> options = new LinkedHashMap<>();
    for (Option option : ownOptions()) {
      options.put(option.key(), option);
    }
    for (DataSetProvider provider : Providers.all(DataSetProvider.class)) {
      provider.options().forEach(option -> options.putIfAbsent(option.key(), option));
    }
    return List.copyOf(options.values());
  }

  private List<Option> ownOptions() {
    var options = new ArrayList<Option>();
    options.add(new Option("data", "required", "name of the data set"));
    options.add(new Option("epochs", "20", "passes over the training part"));
    options.add(
        new Option(
            "repeats", "1", "trainings of each candidate, of which the mean metrics are reported"));
    options.add(
        new Option("validation-fraction", "0.2", "share of the rows that judge candidates"));
    options.add(
        new Option(
            "test-fraction",
            "0.2",
            "share of the rows that only the best trial sees, unless the data have a test part"));
    options.add(
        new Option(
            "checkpoint-interval",
            "10s",
            "least time between two checkpoints of a training; 0 for one after each epoch"));
    options.addAll(furtherOptions());
    tunables.forEach(tunable -> options.add(tunable.option()));
    return options;
  }

  @Override
  public Estimator create(EstimatorRequest request) {
    Settings settings = request.settings();
    Tunables chosen =
        Tunables.of(name, tunables, request.space(), decidedElsewhere(request.space()), settings);
    int epochs = settings.getInt("epochs", 20, 1, MOST_EPOCHS);
    PreparedData data = data(request);
    request.objectives().forEach(objective -> requireReported(objective, data));
    Natives.load();
    NetworkFactory factory = factory(request, data, epochs);
    NestedRows rows =
        NestedRows.of(data, request.streams().stream(RandomStreams.Kind.SPLIT, 0, "subset"));
    int repeats = settings.getInt("repeats", 1, 1, MOST_REPEATS);
    return new NetworkEstimator(
        name,
        factory,
        data,
        rows,
        NetworkAxes.of(factory, data, rows, epochs, repeats),
        chosen,
        checkpointInterval(settings),
        request.objectives().get(0));
  }

  private static Duration checkpointInterval(Settings settings) {
    if (settings.getString("checkpoint-interval", "10s").equals("0")) {
      return Duration.ZERO;
    }
    Duration interval = settings.findDuration("checkpoint-interval");
    return interval == null ? CHECKPOINT_INTERVAL : interval;
  }

  private PreparedData data(EstimatorRequest request) {
    Settings settings = request.settings();
    double validation = settings.getDouble("validation-fraction", 0.2, 0.001, 0.9);
    double test = settings.getDouble("test-fraction", 0.2, 0, 0.9);
    if (validation + test >= 1) {
      throw settings.refuse(
          settings.has("test-fraction") ? "test-fraction" : "validation-fraction",
          "must leave rows to train on beside the other fraction (%s)"
              .formatted(settings.has("test-fraction") ? validation : test));
    }
    LabelledData data = load(settings, request.folder());
    if (data.testRows() > 0 && settings.has("test-fraction")) {
      throw settings.refuse(
          "test-fraction",
          "must not be set for data '%s', which have a test part of their own"
              .formatted(settings.requireString("data", "digits")));
    }
    return PreparedData.of(
        data, validation, test, request.streams().stream(RandomStreams.Kind.SPLIT, 0, "split"));
  }

  private LabelledData load(Settings settings, Path folder) {
    DataSetProvider provider =
        Providers.find(DataSetProvider.class, "data set", settings.requireString("data", "digits"));
    requireMeantForData(provider, settings);
    return provider.load(new DataRequest(settings, folder));
  }

  /** Loads the data to see what they are. */
  @Override
  public Optional<NetworkTask> networkTask(SpaceRequest request) {
    LabelledData data = load(request.settings(), request.folder());
    int outputs = data.task() == Task.CLASSIFICATION ? data.classes().size() : 1;
    return Optional.of(task(data.shape(), outputs));
  }

  /** Returns what networks for inputs of a shape are for. */
  static NetworkTask task(InputShape shape, int outputs) {
    return new NetworkTask(new Shape(shape.channels(), shape.height(), shape.width()), outputs);
  }

  /** Refuses what would go unnoticed otherwise: a key of another data set than the chosen one. */
  private void requireMeantForData(DataSetProvider provider, Settings settings) {
    var known = new ArrayList<String>(List.of("name"));
    ownOptions().forEach(option -> known.add(option.key()));
    provider.options().forEach(option -> known.add(option.key()));
    for (String key : settings.keys()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "%s.%s means nothing to estimator '%s' with data '%s'. %s"
                .formatted(settings.part(), key, name, provider.name(), Nearest.hint(key, known)));
      }
    }
  }

  private void requireReported(Objective objective, PreparedData data) {
    var reported = new ArrayList<>(Scores.names(data.task()));
    reported.addAll(List.of("train-loss", "parameters", "epochs"));
    reported.addAll(costNames());
    if (!reported.contains(objective.metric())) {
      throw new IllegalArgumentException(
          "Metric '%s' is not reported by estimator '%s' for the %s of data '%s'. %s"
              .formatted(
                  objective.metric(),
                  name,
                  data.task().name().toLowerCase(Locale.ROOT),
                  data.name(),
                  Nearest.hint(objective.metric(), reported)));
    }
  }
}
