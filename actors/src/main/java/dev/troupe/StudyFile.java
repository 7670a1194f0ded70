package dev.troupe;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.troupe.actor.PortableStudy;
import dev.troupe.actor.RecordCheck;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.estimator.device.Devices;
import dev.troupe.estimator.isolation.IsolatedEstimator;
import dev.troupe.estimator.isolation.Isolation;
import dev.troupe.estimator.isolation.IsolationOptions;
import dev.troupe.estimator.pruning.Pruner;
import dev.troupe.estimator.pruning.PrunerRequest;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Nearest;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.DuplicateKeys;
import dev.troupe.space.HoconSpace;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.strategy.proxy.ProxyStrategy;
import dev.troupe.study.Budget;
import dev.troupe.study.Direction;
import dev.troupe.study.Instruction;
import dev.troupe.study.LowFidelity;
import dev.troupe.study.Objective;
import dev.troupe.study.Order;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A study written in HOCON: study, space, strategy, pruner, estimator, budget, ledger, devices.
 * Defaults come from {@code reference.conf}; an unknown key is refused with the nearest known one.
 * Immutable and thread safe.
 */
public final class StudyFile {

  private static final List<String> SECTIONS =
      List.of(
          "study",
          "objectives",
          "space",
          "architecture",
          "infer",
          "constraints",
          "strategy",
          "pruner",
          "estimator",
          "fidelity",
          "budget",
          "ledger",
          "checkpoints",
          "weights",
          "devices",
          "simulation");
  private static final List<String> STUDY_KEYS =
      List.of(
          "name",
          "metric",
          "direction",
          "objectives",
          "seed",
          "parallelism",
          "weight",
          "priority",
          "order",
          "lookahead",
          "clock");
  private static final int MOST_PARALLEL = Instruction.Parallelism.MOST;
  private static final double MOST_WEIGHT = 1000;
  private static final int MOST_PRIORITY = 1000;

  /** Characters of a study that is sent to other machines with each of its jobs. */
  private static final int MOST_PORTABLE = 200_000;

  private static final String INFER = "infer";
  private static final String ARCHITECTURE = "architecture";

  /** Trainings go on bit by bit: how often they are saved decides nothing. */
  private static final String CHECKPOINT_INTERVAL = "estimator.checkpoint-interval";

  /** Of the estimator's section, but the study's own: they change no result. */
  private static final List<String> TRIAL_KEYS =
      List.of("time-limit", "retries", "isolation", "isolation-options");

  private static final String FIDELITY = "fidelity";
  private static final String SIMULATION = "simulation";
  private static final Logger log = LoggerFactory.getLogger(StudyFile.class);

  private final PortableStudy portable;
  private final Path folder;
  private final String name;
  private final List<Objective> objectives;
  private final SearchSpace space;
  private final StrategyChoice strategy;
  private final @Nullable PrunerChoice pruner;
  private final @Nullable LowFidelity lowFidelity;
  private final EstimatorProvider estimatorProvider;
  private final Settings estimatorSettings;
  private final Settings trialSettings;
  private final Budget budget;
  private final Settings study;
  private final String ledger;
  private final String checkpoints;
  private final @Nullable Long weightBudget;

  /** Whether the strategy is told to name parents. */
  private final boolean inherits;

  private final Map<String, String> definition;
  private final Settings deviceSettings;
  private final @Nullable Simulation simulation;

  private StudyFile(PortableStudy portable, Config config) {
    this.portable = portable;
    Path file = portable.file();
    Path parent = file.getParent();
    folder = parent == null ? Path.of("").toAbsolutePath() : parent;
    requireKnownSections(config);
    study = block(config, "study");
    study.requireKnown(STUDY_KEYS);
    name = study.getString("name", baseName(file));
    checkStudyKeys();
    objectives = objectives(config);
    strategy = strategy(block(config, "strategy"));
    pruner = config.hasPath("pruner") ? pruner(block(config, "pruner")) : null;
    lowFidelity = config.hasPath(FIDELITY) ? FidelityBlock.read(block(config, FIDELITY)) : null;
    definition = definition(config);
    budget = budget(config);
    ledger = Ledgers.choose(text(config, "ledger"), isVirtual());
    checkpoints = text(config, "checkpoints");
    weightBudget = weightBudget(config, block(config, "weights"));
    inherits = !block(config, "strategy").getString("inherit", "none").equals("none");
    deviceSettings = block(config, "devices");
    trialSettings = block(config, "estimator");
    estimatorSettings = withoutTrialKeys(config);
    String estimator = trialSettings.requireString("name", "dl4j-mlp");
    estimatorProvider =
        named(trialSettings, () -> Providers.find(EstimatorProvider.class, "estimator", estimator));
    requireKnownEstimatorKeys();
    space = space(config);
    simulation = simulation(config);
    requireFittingClock();
    timeLimit();
    retries();
    isolation();
    isolationOptions();
  }

  private void requireKnownEstimatorKeys() {
    var known = new ArrayList<String>(TRIAL_KEYS);
    known.add("name");
    estimatorProvider.options().forEach(option -> known.add(option.key()));
    trialSettings.requireKnown(known);
  }

  private Map<String, String> definition(Config config) {
    var texts = new LinkedHashMap<String, String>();
    texts.put("strategy", block(config, "strategy").toString());
    texts.put("pruner", pruner == null ? "none" : block(config, "pruner").toString());
    texts.put("estimator", withoutTrialKeys(config.withoutPath(CHECKPOINT_INTERVAL)).toString());
    if (config.hasPath(ARCHITECTURE)) {
      texts.put(ARCHITECTURE, block(config, ARCHITECTURE).toString());
    }
    return Map.copyOf(texts);
  }

  /**
   * Reads and checks a study file.
   *
   * @param file to read
   * @param overrides further settings of the form {@code key=value}, which win over the file's
   * @throws IllegalArgumentException if the file cannot be read, or anything in it is wrong, with
   *     the place, the rule, the value and the remedy
   */
  public static StudyFile load(Path file, List<String> overrides) {
    String text = read(file);
    return read(file, text, overrides, () -> ConfigFactory.parseFile(file.toFile()));
  }

  /**
   * Reads and checks a study whose text comes from elsewhere.
   *
   * @param file what the text would be called if it were a file, which need not exist: relative
   *     paths begin in its folder
   * @param text in HOCON
   * @param overrides further settings of the form {@code key=value}, which win over the text's
   * @throws IllegalArgumentException if anything in it is wrong, with the place, the rule, the
   *     value and the remedy
   */
  public static StudyFile parse(Path file, String text, List<String> overrides) {
    ConfigParseOptions named =
        ConfigParseOptions.defaults().setOriginDescription(String.valueOf(file.getFileName()));
    return read(file, text, overrides, () -> ConfigFactory.parseString(text, named));
  }

  private static StudyFile read(
      Path file, String text, List<String> overrides, Supplier<Config> parser) {
    try {
      requireText(text, file);
      DuplicateKeys.requireUniqueParameters(text, String.valueOf(file.getFileName()));
      Config config = parser.get();
      for (String override : overrides) {
        config = override(override).withFallback(config);
      }
      Config defaults =
          ConfigFactory.defaultReference(StudyFile.class.getClassLoader())
              .getConfig("troupe.study-file");
      return new StudyFile(
          new PortableStudy(file, text, overrides), config.withFallback(defaults).resolve());
    } catch (ConfigException e) {
      throw unreadable(file, e);
    }
  }

  private static IllegalArgumentException unreadable(Path file, ConfigException e) {
    ConfigOrigin origin = e.origin();
    String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    if (origin != null) {
      message = message.replace(origin.description() + ": ", "");
    }
    String remedy =
        e instanceof ConfigException.UnresolvedSubstitution
            ? "Maybe set it, or write ${?…} for what may be missing."
            : "Maybe a brace, a bracket or a quote is missing there.";
    String place = origin == null ? "" : Settings.place(origin);
    return new IllegalArgumentException(
        "Study file '%s'%s: %s. %s".formatted(file.getFileName(), place, message, remedy), e);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "Study file '%s' does not exist. Maybe check its path, which is relative to %s."
              .formatted(file, "the working folder"),
          e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "Study file '%s' must be UTF-8 text, but it is not. Maybe it is another file."
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Study file '%s' cannot be read: %s. Maybe it is a folder, or its permissions forbid it."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static void requireText(String text, Path file) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "Study file '%s' is empty. Maybe start from an example.".formatted(file));
    }
  }

  private static Config override(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "--set needs key=value, but got '%s'. Maybe --set budget.trials=10.".formatted(text));
    }
    try {
      return ConfigFactory.parseString(text);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "--set %s: the value is not readable. Maybe put it in double quotes: --set '%s=\"%s\"'."
              .formatted(text, text.substring(0, equals), text.substring(equals + 1)),
          e);
    }
  }

  private static void requireKnownSections(Config config) {
    for (String key : config.root().keySet()) {
      if (!SECTIONS.contains(key)) {
        ConfigValue value = config.root().get(key);
        throw new IllegalArgumentException(
            "'%s'%s is not a section of a study file. %s"
                .formatted(key, place(value), Nearest.hint(key, SECTIONS)));
      }
    }
  }

  private static Settings block(Config config, String key) {
    if (!config.hasPath(key)) {
      return Settings.none(key);
    }
    ConfigValue value = config.getValue(key);
    if (value.valueType() != ConfigValueType.OBJECT) {
      throw new IllegalArgumentException(
          "%s%s must be a block in braces, but was %s. Maybe %s { name = … }."
              .formatted(key, place(value), value.unwrapped(), key));
    }
    return Settings.of(key, ((ConfigObject) value).toConfig());
  }

  private static String text(Config config, String key) {
    ConfigValue value = config.getValue(key);
    if (value.valueType() != ConfigValueType.STRING) {
      throw new IllegalArgumentException(
          "%s%s must be a text, but was %s.".formatted(key, place(value), value.unwrapped()));
    }
    return (String) value.unwrapped();
  }

  /** Returns bytes; null for {@code auto}. */
  private static @Nullable Long weightBudget(Config config, Settings weights) {
    weights.requireKnown(List.of("budget"));
    if (weights.getString("budget", "auto").equals("auto")) {
      return null;
    }
    try {
      long bytes = config.getMemorySize("weights.budget").toBytes();
      if (bytes >= 0) {
        return bytes;
      }
    } catch (ConfigException e) {
      log.debug("weights.budget", e);
    }
    throw weights.refuse("budget", "must be auto or a size of at least 0 bytes, as 512MiB");
  }

  private void checkStudyKeys() {
    seed();
    parallelism();
    weight();
    priority();
    order();
    lookahead();
    isVirtual();
  }

  private List<Objective> objectives(Config config) {
    boolean top = config.hasPath("objectives");
    if (!top && !study.has("objectives")) {
      String metric = study.requireString("metric", "accuracy, direction = maximize");
      study.requireString("direction", "maximize");
      return List.of(new Objective(metric, direction(study)));
    }
    if (study.has("metric")) {
      throw new IllegalArgumentException(
          "study.metric and objectives exclude each other, but both are set. Maybe remove study.metric.");
    }
    String path = top ? "objectives" : "study.objectives";
    var found = new ArrayList<Objective>();
    if (!isListOfBlocks(config.getValue(path))) {
      throw new IllegalArgumentException(
          "%s%s must be a list of blocks. Maybe [{ metric = loss, direction = minimize }]."
              .formatted(path, place(config.getValue(path))));
    }
    for (Config each : config.getConfigList(path)) {
      Settings settings = Settings.of(path, each);
      settings.requireKnown(List.of("metric", "direction"));
      settings.requireString("direction", "minimize");
      found.add(new Objective(settings.requireString("metric", "loss"), direction(settings)));
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "%s must name an objective, but the list is empty. Maybe [{ metric = loss, direction = minimize }]."
              .formatted(path));
    }
    return List.copyOf(found);
  }

  private static boolean isListOfBlocks(ConfigValue value) {
    return value instanceof ConfigList list
        && list.stream().allMatch(each -> each.valueType() == ConfigValueType.OBJECT);
  }

  private static Direction direction(Settings settings) {
    return Direction.valueOf(
        settings
            .getOneOf("direction", "minimize", List.of("minimize", "maximize"))
            .toUpperCase(Locale.ROOT));
  }

  private SearchSpace space(Config config) {
    if (config.hasPath(ARCHITECTURE)) {
      return architectureSpace(config);
    }
    if (!config.hasPath("space")) {
      throw new IllegalArgumentException(
          "space must be set, or architecture. Maybe add space { x { type = float, low = 0, high = 1 } }.");
    }
    return space(config, constraints(config));
  }

  private SearchSpace architectureSpace(Config config) {
    SearchSpace hyperparameters = config.hasPath("space") ? space(config, List.of()) : null;
    return ArchitectureBlock.read(
        block(config, ARCHITECTURE),
        hyperparameters,
        constraints(config),
        () ->
            estimatorProvider.networkTask(
                new SpaceRequest(estimatorSettings, Settings.none(INFER), folder)));
  }

  private SearchSpace space(Config config, List<String> constraints) {
    ConfigValue value = config.getValue("space");
    if (INFER.equals(value.unwrapped())) {
      return inferSpace(config, constraints);
    }
    if (config.hasPath(INFER)) {
      throw new IllegalArgumentException(
          "infer%s overrides guesses about a space, but the space is written out. Maybe space = infer."
              .formatted(place(config.getValue(INFER))));
    }
    if (value.valueType() != ConfigValueType.OBJECT) {
      throw new IllegalArgumentException(
          "space%s must be a block in braces, but was %s. Maybe space { x { type = float, low = 0, high = 1 } }."
              .formatted(place(value), value.unwrapped()));
    }
    return HoconSpace.parse(config.getConfig("space"), constraints);
  }

  private static List<String> constraints(Config config) {
    try {
      return config.getStringList("constraints");
    } catch (ConfigException.WrongType e) {
      throw new IllegalArgumentException(
          "constraints%s must be a list of texts. Maybe constraints = [\"x <= y\"]."
              .formatted(place(config.getValue("constraints"))),
          e);
    }
  }

  private SearchSpace inferSpace(Config config, List<String> constraints) {
    Settings hints = block(config, INFER);
    hints.requireKnown(List.of("ordered", "categorical", "log"));
    SearchSpace inferred =
        estimatorProvider.inferSpace(new SpaceRequest(estimatorSettings, hints, folder));
    if (constraints.isEmpty()) {
      return inferred;
    }
    SearchSpace.Builder builder = SearchSpace.builder().addAll(inferred);
    constraints.forEach(builder::constraint);
    return builder.build();
  }

  private @Nullable Simulation simulation(Config config) {
    if (!isVirtual()) {
      if (config.hasPath(SIMULATION)) {
        throw new IllegalArgumentException(
            "simulation%s needs the virtual clock. Maybe study.clock = virtual."
                .formatted(place(config.getValue(SIMULATION))));
      }
      return null;
    }
    return SimulationBlock.read(block(config, SIMULATION), parallelism(), seed());
  }

  private void requireFittingClock() {
    if (!isVirtual() && budget.virtualTime() != null) {
      throw new IllegalArgumentException(
          "budget.virtual-time needs the virtual clock. Maybe study.clock = virtual.");
    }
    if (isVirtual() && isolation() == Isolation.PROCESS) {
      throw new IllegalArgumentException(
          "estimator.isolation = process needs the machine's clock, since other processes know no other. Maybe isolation = thread, or study.clock = real.");
    }
  }

  private static StrategyChoice strategy(Settings settings) {
    return named(
        settings, () -> Strategies.named(settings.getString("name", Strategies.DEFAULT), settings));
  }

  private static PrunerChoice pruner(Settings settings) {
    String wanted = settings.requireString("name", "median");
    return named(settings, () -> Pruners.named(wanted, settings));
  }

  /** Adds the place of the name to what is said about it. */
  private static <V> V named(Settings settings, Supplier<V> lookup) {
    try {
      return lookup.get();
    } catch (IllegalArgumentException e) {
      throw settings.has("name") ? settings.at("name", e) : e;
    }
  }

  private static Budget budget(Config config) {
    Config chosen =
        config.hasPath("budget") && !block(config, "budget").keys().isEmpty()
            ? config.getConfig("budget")
            : ConfigFactory.defaultReference(StudyFile.class.getClassLoader())
                .getConfig("troupe.default-budget");
    return BudgetBlock.read(Settings.of("budget", chosen));
  }

  /** The estimator's own settings: those of its trials belong to the study. */
  private static Settings withoutTrialKeys(Config config) {
    return Settings.of("estimator", config.getConfig("estimator")).without(TRIAL_KEYS);
  }

  private static String baseName(Path file) {
    String text = String.valueOf(file.getFileName());
    int dot = text.lastIndexOf('.');
    return dot > 0 ? text.substring(0, dot) : text;
  }

  private static String place(ConfigValue value) {
    return Settings.place(value.origin());
  }

  // Readings

  /** Returns what another process needs to read the same study. */
  public PortableStudy portable() {
    return portable;
  }

  /** Returns the study's name. */
  public String name() {
    return name;
  }

  /** Returns what is optimised. */
  public List<Objective> objectives() {
    return objectives;
  }

  /** Returns where it searches. */
  public SearchSpace space() {
    return space;
  }

  /** Returns what stops trials early, with the file's settings; null if nothing does. */
  public @Nullable PrunerChoice pruner() {
    return pruner;
  }

  /** Returns on what candidates are evaluated, for the most part; null if in full. */
  public @Nullable LowFidelity fidelity() {
    return lowFidelity;
  }

  /** Returns how it looks, with the file's settings. */
  public StrategyChoice strategy() {
    return strategy;
  }

  /** Returns the name of the strategy. */
  public String strategyName() {
    return strategy.name();
  }

  /** Returns the name of the estimator. */
  public String estimatorName() {
    return estimatorProvider.name();
  }

  /** Returns when to end. */
  public Budget budget() {
    return budget;
  }

  /** Returns where facts are kept; never {@code auto}, but what that means here. */
  public String ledger() {
    return ledger;
  }

  /** Returns whether the study can be taken up, and looked at, after its process has ended. */
  public boolean isKept() {
    return !Ledgers.isPassing(ledger);
  }

  /** Returns the seed of all randomness. */
  public long seed() {
    return study.getLong("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Returns how many trials are kept in flight. */
  public int parallelism() {
    return study.getInt("parallelism", 1, 1, MOST_PARALLEL);
  }

  private double weight() {
    return study.getDouble("weight", 1, 1 / MOST_WEIGHT, MOST_WEIGHT);
  }

  private int priority() {
    return study.getInt("priority", 0, -MOST_PRIORITY, MOST_PRIORITY);
  }

  /** Returns which results a suggestion may use. */
  public Order order() {
    return Order.valueOf(
        study.getOneOf("order", "arrival", List.of("arrival", "logical")).toUpperCase(Locale.ROOT));
  }

  /** Returns whether time passes on the virtual clock. */
  public boolean isVirtual() {
    return study.getOneOf("clock", "real", List.of("real", "virtual")).equals("virtual");
  }

  /** Returns the workers that it simulates; null on the machine's clock. */
  public @Nullable Simulation simulation() {
    return simulation;
  }

  /**
   * Starts what the study asks for: devices of this machine, or simulated workers. Logs what
   * devices there are not.
   *
   * @throws IllegalArgumentException if there are not as many devices
   */
  public Troupe startTroupe() {
    if (simulation != null) {
      return Troupe.simulated(simulation);
    }
    Devices devices = devices();
    devices.warnings().forEach(log::warn);
    return Troupe.start(devices.slots());
  }

  private int lookahead() {
    boolean automatic = study.getString("lookahead", "auto").equals("auto");
    return automatic ? parallelism() : study.getInt("lookahead", 1, 1, MOST_PARALLEL);
  }

  private @Nullable Duration timeLimit() {
    return trialSettings.findDuration("time-limit");
  }

  private int retries() {
    return trialSettings.getInt("retries", 0, 0, MOST_PARALLEL);
  }

  /** Returns where trials are evaluated, as the file has it. */
  public Isolation isolation() {
    return Isolation.valueOf(
        trialSettings
            .getOneOf("isolation", Isolation.AUTO.word(), Isolation.words())
            .toUpperCase(Locale.ROOT));
  }

  private IsolationOptions isolationOptions() {
    return IsolationOptions.of(
        trialSettings.getStrings("isolation-options", List.of()), parallelism());
  }

  /**
   * Returns the devices of this machine that the file asks for.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  public Devices devices() {
    return Devices.of(deviceSettings);
  }

  /**
   * Returns a new strategy, a {@link ProxyStrategy} if candidates are evaluated at a lower
   * fidelity.
   *
   * @param estimator says of what a trial can spend less
   * @throws IllegalArgumentException if it refuses its settings or the space, or the estimator
   *     cannot spend as little as {@link #fidelity} has it
   */
  public Strategy createStrategy(Estimator estimator) {
    var plan = new StudyPlan(budget.trials(), parallelism());
    Strategy created =
        strategy
            .factory()
            .apply(
                new StrategyRequest(
                    space,
                    objectives,
                    RandomStreams.of(seed()),
                    Settings.none("strategy"),
                    plan,
                    estimator.fidelities()));
    return lowFidelity == null
        ? created
        : ProxyStrategy.of(created, objectives.get(0), lowFidelity, estimator.fidelities(), plan);
  }

  /**
   * Returns a new pruner; null if there is none.
   *
   * @param estimator says how long a full evaluation is
   * @throws IllegalArgumentException if it refuses its settings
   */
  public @Nullable Pruner createPruner(Estimator estimator) {
    return pruner == null
        ? null
        : pruner
            .factory()
            .apply(
                new PrunerRequest(
                    objectives,
                    RandomStreams.of(seed()),
                    Settings.none("pruner"),
                    estimator.fullStep(),
                    space));
  }

  /**
   * Returns a new estimator, its data loaded.
   *
   * @throws IllegalArgumentException if a setting is wrong or data are missing
   */
  public Estimator createEstimator() {
    return createEstimator(seed());
  }

  /**
   * Returns a new estimator as for a study with another seed.
   *
   * @throws IllegalArgumentException if a setting is wrong or data are missing
   */
  public Estimator createEstimator(long seed) {
    return estimatorProvider.create(
        new EstimatorRequest(
            space, objectives, RandomStreams.of(seed), estimatorSettings, folder, inherits));
  }

  /**
   * Returns a new estimator for trials, its data loaded: one in processes of their own if they are
   * to be isolated.
   *
   * @param isolation as the file or the caller has it; under {@code AUTO}, what cannot be isolated
   *     is not, with a word in the log
   * @throws IllegalArgumentException if a setting is wrong, data are missing, or it cannot be
   *     isolated
   * @throws IllegalStateException if a process cannot be made ready
   */
  public Estimator createTrialEstimator(Isolation isolation) {
    if (isolation == Isolation.PROCESS) {
      return isolated();
    }
    if (isolation == Isolation.THREAD || isVirtual() || !estimatorProvider.wantsOwnJvm()) {
      return createEstimator();
    }
    try {
      return isolated();
    } catch (IllegalStateException e) {
      log.warn(
          "Study '{}': its trials run in this JVM, and may change settings of it. {}",
          name,
          e.getMessage());
      return createEstimator();
    }
  }

  private Estimator isolated() {
    return IsolatedEstimator.create(StudyFileMaker.recipe(portable), isolationOptions());
  }

  /**
   * Starts the study.
   *
   * @param troupe where to run it
   * @param listeners get every event in order
   * @throws IllegalArgumentException if the estimator or the strategy refuses its settings
   * @throws IllegalStateException if a study of this name is running
   */
  public Study<Configuration> start(Troupe troupe, List<Consumer<StudyEvent>> listeners) {
    return start(describe(troupe, listeners));
  }

  /**
   * Starts the study as {@link #builder} described it and the caller changed it, with the file's
   * estimator.
   *
   * @throws IllegalArgumentException if the estimator or the strategy refuses its settings, or the
   *     study that is kept under this name is another one
   * @throws IllegalStateException if a study of this name is running
   */
  public Study<Configuration> start(StudyBuilder<Configuration> builder) {
    Estimator estimator = createTrialEstimator(builder.isolation());
    try {
      if (portable.text().length() <= MOST_PORTABLE) {
        builder.portable(portable);
      } else {
        log.warn(
            "Study '{}': its file is too long to be sent to other machines, so it runs on this one"
                + " alone.",
            name);
      }
      return builder.startWith(estimator);
    } catch (RuntimeException e) {
      estimator.close();
      throw e;
    }
  }

  /**
   * Holds what is kept under this study's name against the file, and runs nothing; see {@link
   * StudyBuilder#check}.
   *
   * @throws IllegalArgumentException if nothing is kept under its name, the file is that of another
   *     study, or the record is damaged
   */
  public RecordCheck check(StudyBuilder<Configuration> builder) {
    try (Estimator estimator = createEstimator()) {
      return builder.check(estimator);
    }
  }

  /**
   * Returns the study's description, to be changed before it starts.
   *
   * @param troupe where it will run
   * @param listeners get every event in order
   */
  public StudyBuilder<Configuration> builder(Troupe troupe, List<Consumer<StudyEvent>> listeners) {
    return describe(troupe, listeners);
  }

  private StudyBuilder<Configuration> describe(
      Troupe troupe, List<Consumer<StudyEvent>> listeners) {
    StudyBuilder<Configuration> builder = troupe.study(name, space);
    definition.forEach(builder::define);
    objectives.forEach(builder::objective);
    builder
        .strategy(strategy)
        .budget(budget)
        .seed(seed())
        .parallelism(parallelism())
        .weight(weight())
        .priority(priority())
        .order(order())
        .lookahead(lookahead())
        .retries(retries())
        .isolation(isolation())
        .ledger(ledger)
        .checkpoints(checkpoints);
    if (weightBudget != null) {
      builder.weightBudget(weightBudget);
    }
    if (pruner != null) {
      builder.pruner(pruner);
    }
    builder.fidelity(lowFidelity);
    Duration limit = timeLimit();
    if (limit != null) {
      builder.timeLimit(limit);
    }
    listeners.forEach(builder::listener);
    return builder;
  }
}
