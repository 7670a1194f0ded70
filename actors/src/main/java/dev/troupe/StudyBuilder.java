package dev.troupe;

import static java.util.Objects.requireNonNull;

import dev.troupe.actor.PortableStudy;
import dev.troupe.actor.RecordCheck;
import dev.troupe.actor.Share;
import dev.troupe.actor.StudySetup;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.estimator.isolation.IsolatedEstimator;
import dev.troupe.estimator.isolation.Isolation;
import dev.troupe.estimator.pruning.Pruner;
import dev.troupe.estimator.pruning.PrunerRequest;
import dev.troupe.estimator.weights.CheckpointStore;
import dev.troupe.estimator.weights.CheckpointStores;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.Scale;
import dev.troupe.space.SearchSpace;
import dev.troupe.space.TypedSpace;
import dev.troupe.strategy.SnappedStrategy;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.strategy.proxy.ProxyStrategy;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.LowFidelity;
import dev.troupe.study.Objective;
import dev.troupe.study.Order;
import dev.troupe.study.StudyEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes a study and starts it. Without further words a study minimises {@code loss} by {@link
 * Strategies#auto}, one trial at a time, for 100 trials, with seed 0. Not thread safe.
 *
 * @param <T> what a candidate is
 */
public final class StudyBuilder<T> {

  /** The budget of a study that names none. */
  static final Budget DEFAULT_BUDGET = Budget.trials(100);

  private final Troupe troupe;
  private final String name;
  private final TypedSpace<T> space;
  private final List<Objective> objectives = new ArrayList<>();
  private final List<Consumer<StudyEvent>> listeners = new ArrayList<>();
  private final Map<String, String> definition = new TreeMap<>();
  private final List<FidelityRange> fidelities = new ArrayList<>();
  private StrategyChoice strategy = Strategies.named(Strategies.DEFAULT, Settings.none("strategy"));
  private @Nullable PrunerChoice pruner;
  private @Nullable LowFidelity lowFidelity;
  private Budget budget = DEFAULT_BUDGET;
  private long seed;
  private int parallelism = 1;
  private double weight = 1;
  private int priority;
  private Order order = Order.ARRIVAL;
  private int lookahead;
  private int retries;
  private @Nullable Duration timeLimit;
  private Isolation isolation = Isolation.AUTO;
  private final List<Consumer<EndedTrial>> earlierListeners = new ArrayList<>();
  private String ledger = Ledgers.DEFAULT;
  private Path home = Troupe.defaultHome();
  private String checkpoints = CheckpointStores.DEFAULT;
  private @Nullable Long weightBudget;
  private boolean fresh;
  private @Nullable PortableStudy portable;

  StudyBuilder(Troupe troupe, String name, TypedSpace<T> space) {
    this.troupe = troupe;
    this.name = requireNonNull(name, "name");
    this.space = requireNonNull(space, "space");
  }

  /** Adds an objective whose smaller values are better; the first one decides what is best. */
  public StudyBuilder<T> minimize(String metric) {
    return objective(Objective.minimize(metric));
  }

  /** Adds an objective whose larger values are better; the first one decides what is best. */
  public StudyBuilder<T> maximize(String metric) {
    return objective(Objective.maximize(metric));
  }

  /** Adds an objective. */
  public StudyBuilder<T> objective(Objective objective) {
    if (objectives.stream().anyMatch(known -> known.metric().equals(objective.metric()))) {
      throw new IllegalArgumentException(
          "Study '%s': an objective must occur once, but '%s' occurs again."
              .formatted(name, objective.metric()));
    }
    objectives.add(objective);
    return this;
  }

  /** Sets how to look. */
  public StudyBuilder<T> strategy(StrategyChoice choice) {
    strategy = requireNonNull(choice, "choice");
    return this;
  }

  /** Sets what stops trials early; null to let each run to its end. */
  public StudyBuilder<T> pruner(@Nullable PrunerChoice choice) {
    pruner = choice;
    return this;
  }

  /**
   * Sets on what candidates are evaluated, for the most part: less than the real thing. Some of
   * them are evaluated in full, too, and the result tells how well the low fidelity ranks ({@link
   * dev.troupe.study.StudyResult#fidelity}). The best trial is one at full fidelity then. Null, as
   * unless set, for full evaluations.
   */
  public StudyBuilder<T> fidelity(@Nullable LowFidelity low) {
    lowFidelity = low;
    return this;
  }

  /** Sets when to end. */
  public StudyBuilder<T> budget(Budget limits) {
    budget = requireNonNull(limits, "limits");
    return this;
  }

  /** Sets the seed from which all randomness of the study derives. */
  public StudyBuilder<T> seed(long value) {
    seed = value;
    return this;
  }

  /** Sets how many trials are kept in flight, at least 1. */
  public StudyBuilder<T> parallelism(int trials) {
    parallelism = trials;
    return this;
  }

  /**
   * Sets what part of the devices the study gets while others want them, too: among studies of one
   * priority, device time is shared by weight. Above 0; 1 unless set.
   */
  public StudyBuilder<T> weight(double value) {
    weight = value;
    return this;
  }

  /**
   * Sets whose waiting trials go first: those of the study with the highest priority. 0 unless set.
   * What runs is not interrupted.
   */
  public StudyBuilder<T> priority(int value) {
    priority = value;
    return this;
  }

  /** Sets which results a suggestion may use. */
  public StudyBuilder<T> order(Order value) {
    order = requireNonNull(value, "value");
    return this;
  }

  /**
   * Sets, under logical order, how many of the latest trials a suggestion does not see: at least 1,
   * the parallelism unless set. A longer one keeps more slots busy.
   */
  public StudyBuilder<T> lookahead(int trials) {
    if (trials < 1) {
      throw new IllegalArgumentException(
          "Study '%s': lookahead must be at least 1, but was %d.".formatted(name, trials));
    }
    lookahead = trials;
    return this;
  }

  /** Sets how often a trial that threw or ran out of time is tried again, at least 0. */
  public StudyBuilder<T> retries(int times) {
    retries = times;
    return this;
  }

  /** Sets how long one attempt of a trial may take. */
  public StudyBuilder<T> timeLimit(Duration limit) {
    timeLimit = requireNonNull(limit, "limit");
    return this;
  }

  /**
   * Sets where trials are evaluated. Processes of their own are for estimators that another process
   * can make: those of a study file. Functions and instances of this JVM can only be evaluated in
   * it.
   */
  public StudyBuilder<T> isolation(Isolation value) {
    isolation = requireNonNull(value, "value");
    return this;
  }

  Isolation isolation() {
    return isolation;
  }

  /** Sets where facts are kept: {@code memory}, or another ledger on the class path. */
  public StudyBuilder<T> ledger(String setting) {
    ledger = requireNonNull(setting, "setting");
    return this;
  }

  /**
   * Sets the folder in which a durable ledger keeps studies: what {@value Troupe#HOME_VARIABLE}
   * names unless set, else {@code .troupe} in the working folder.
   */
  public StudyBuilder<T> home(Path folder) {
    home = requireNonNull(folder, "folder");
    return this;
  }

  /**
   * Sets where running trials save themselves: {@code auto} (in the home folder, or in memory if
   * the ledger is), {@code none}, {@code file}, {@code memory}, the URI of a folder that machines
   * share, or another store on the class path.
   */
  public StudyBuilder<T> checkpoints(String setting) {
    checkpoints = requireNonNull(setting, "setting");
    return this;
  }

  /**
   * Says that the function which the study is started with can spend less, so that strategies which
   * save on that find it; the amount is in {@link TrialHandle#fidelity}. Of several axes the first
   * is the main one, on which the function counts its steps.
   *
   * @param axis its name, such as {@code epochs}
   * @param low the least that the function can spend, above 0
   * @param high what the real thing spends, at least {@code low}
   * @throws IllegalArgumentException if the range is none
   */
  public StudyBuilder<T> fidelity(String axis, double low, double high) {
    fidelities.add(new FidelityRange(axis, low, high));
    return this;
  }

  /**
   * Sets how many bytes of trained weights are kept for later trials to inherit: 4 GiB in a folder
   * and 256 MiB in memory unless set. Beyond it weights are forgotten, those first that no later
   * trial can inherit, but never those that a trial at work needs, nor the best one's; a trial
   * whose parent's are gone begins with fresh ones.
   *
   * @param bytes at least 0
   */
  public StudyBuilder<T> weightBudget(long bytes) {
    weightBudget = bytes;
    return this;
  }

  /**
   * Begins anew even if a study of this name is kept: that one stays as it is, and this one is
   * called {@code name-2}, {@code name-3} …; see {@link Study#name()}.
   */
  public StudyBuilder<T> fresh() {
    fresh = true;
    return this;
  }

  /**
   * Adds a listener that gets the trials which ended in earlier runs of the study, in the order of
   * their ends and before any event; those that an end of the study interrupted only if they stay
   * so.
   */
  public StudyBuilder<T> earlierListener(Consumer<EndedTrial> listener) {
    earlierListeners.add(requireNonNull(listener, "listener"));
    return this;
  }

  /** Adds a listener: it gets every event in order, on a thread of the study's own. */
  public StudyBuilder<T> listener(Consumer<StudyEvent> listener) {
    listeners.add(requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Starts the study with a function of the caller's. If a durable ledger keeps a study of this
   * name, it is taken up where it was left: trials that were running go on from their newest
   * checkpoint or run again, under a new attempt. If it has ended, its result is given again,
   * unless the budget allows more than before.
   *
   * @throws IllegalArgumentException if the description is contradictory, or is not that of the
   *     study that is kept under this name
   * @throws IllegalStateException if a study of this name is running
   */
  public Study<T> start(TrialFunction<? super T> function) {
    requireNonNull(function, "function");
    String metric = mainObjective().metric();
    return launch(
        FunctionEstimator.of(
            (suggestion, evaluation) -> {
              var trial = new TrialHandle(evaluation, suggestion, metric);
              T candidate = space.instance(suggestion.candidate());
              return trial.result(function.evaluate(candidate, trial));
            },
            fidelities));
  }

  /**
   * Starts the study with an estimator, which is closed when the study has ended; takes up a study
   * that is kept like {@link #start}.
   *
   * @throws IllegalArgumentException if the description is contradictory, or is not that of the
   *     study that is kept under this name
   * @throws IllegalStateException if a study of this name is running
   */
  public Study<T> startWith(Estimator estimator) {
    return launch(requireNonNull(estimator, "estimator"));
  }

  /**
   * Starts the study without an estimator: the caller asks for candidates and tells what they are
   * worth. Takes up a study that is kept like {@link #start}: trials that a caller had are handed
   * out again.
   *
   * @throws IllegalArgumentException if the description is contradictory, or is not that of the
   *     study that is kept under this name
   * @throws IllegalStateException if a study of this name is running
   */
  public Study<T> open() {
    return launch(null);
  }

  private Objective mainObjective() {
    if (objectives.isEmpty()) {
      objectives.add(Objective.minimize("loss"));
    }
    return objectives.get(0);
  }

  /**
   * Holds what is kept under this name against this description, and runs nothing: whether the
   * strategy, told again what it was told then, suggests again what is on record. Strategies whose
   * answers depend on nothing else do, whatever the order, the parallelism and the timing were.
   *
   * @param estimator the study's own, or null where it was a function or a caller; it is asked for
   *     the candidates that it knows, and is not closed
   * @throws IllegalArgumentException if nothing is kept under this name, the description is that of
   *     another study, or the record is damaged
   */
  public RecordCheck check(@Nullable Estimator estimator) {
    mainObjective();
    String chosenLedger = Ledgers.choose(ledger, troupe.isVirtual());
    try (KeptStudies studies = new KeptStudies(Ledgers.reader(chosenLedger, home))) {
      return RecordCheck.run(setup(name, estimator, null), studies.intactFacts(name));
    }
  }

  private void requireIsolated(@Nullable Estimator estimator) {
    if (isolation == Isolation.PROCESS && !(estimator instanceof IsolatedEstimator)) {
      throw new IllegalArgumentException(
          "Study '%s': isolation = process needs an estimator that another process can make, but this one exists in this JVM alone. Maybe name it in a study file (StudyFile.load), or isolation(Isolation.THREAD)."
              .formatted(name));
    }
  }

  private Study<T> launch(@Nullable Estimator estimator) {
    requireIsolated(estimator);
    Objective main = mainObjective();
    String chosenLedger = Ledgers.choose(ledger, troupe.isVirtual());
    String free = fresh ? Ledgers.freeName(chosenLedger, name, home) : name;
    CheckpointStore store =
        CheckpointStores.open(checkpoints, Ledgers.lasts(chosenLedger), free, home);
    StudySetup setup = setup(free, estimator, store);
    return troupe.launch(setup, space, main, chosenLedger, home, earlierListeners);
  }

  private StudySetup setup(
      String called, @Nullable Estimator estimator, @Nullable CheckpointStore store) {
    RandomStreams streams = RandomStreams.of(seed);
    Strategy created = createStrategy(estimator, streams);
    return new StudySetup(
        called,
        space.searchSpace(),
        objectives,
        strategy.name(),
        created,
        created.completion().orElse(null),
        lowFidelity,
        createPruner(estimator, streams),
        estimator,
        budget,
        streams,
        parallelism,
        order,
        effectiveLookahead(),
        retries,
        timeLimit,
        store,
        weightBudget,
        new Share(weight, priority),
        portable,
        definition(),
        listeners);
  }

  private @Nullable Pruner createPruner(@Nullable Estimator estimator, RandomStreams streams) {
    return pruner == null
        ? null
        : pruner
            .factory()
            .apply(
                new PrunerRequest(
                    objectives,
                    streams,
                    Settings.none("pruner"),
                    estimator == null ? OptionalLong.empty() : estimator.fullStep(),
                    space.searchSpace()));
  }

  private int effectiveLookahead() {
    return lookahead == 0 ? Math.max(1, parallelism) : lookahead;
  }

  /** All that decides what is suggested and what it is worth, as far as it can be told in words. */
  private Map<String, String> definition() {
    var all = new TreeMap<String, String>();
    all.put("space", space.searchSpace().toString());
    all.put("scales", scales(space.searchSpace()));
    all.put("objectives", objectives.toString());
    all.put("strategy", strategy.name());
    all.put("pruner", pruner == null ? "none" : pruner.name());
    if (lowFidelity != null) { // a study without one is as it was before there were any
      all.put("fidelity", "%s, check %d".formatted(lowFidelity.axes(), lowFidelity.check()));
    }
    all.put("seed", Long.toString(seed));
    all.put("order", order.name().toLowerCase(Locale.ROOT));
    all.put("clock", troupe.isVirtual() ? "virtual" : "real");
    if (order == Order.LOGICAL) {
      all.put("lookahead", Integer.toString(effectiveLookahead()));
    }
    all.putAll(definition);
    return all;
  }

  /** What the text of a space does not tell. */
  private static String scales(SearchSpace space) {
    String lines =
        space.parameters().stream()
            .filter(StudyBuilder::isLog)
            .map(parameter -> parameter.name() + ": log")
            .collect(Collectors.joining("\n"));
    return lines.isEmpty() ? "linear" : lines;
  }

  private static boolean isLog(Parameter parameter) {
    return parameter instanceof FloatParameter real && real.scale() == Scale.LOG
        || parameter instanceof IntParameter whole && whole.scale() == Scale.LOG;
  }

  /** Says how other processes make the estimator that the study will be started with. */
  StudyBuilder<T> portable(PortableStudy description) {
    portable = description;
    return this;
  }

  /** Says more precisely what must not change when the study is resumed. */
  StudyBuilder<T> define(String name, String text) {
    definition.put(name, text);
    return this;
  }

  /** What can only evaluate the candidates of a list gets no others. */
  private Strategy createStrategy(@Nullable Estimator estimator, RandomStreams streams) {
    SearchSpace searched = space.searchSpace();
    Strategy created =
        strategy
            .factory()
            .apply(
                new StrategyRequest(
                    searched,
                    objectives,
                    streams,
                    Settings.none("strategy"),
                    new StudyPlan(budget.trials(), Math.max(1, parallelism)),
                    estimator == null ? List.of() : estimator.fidelities()));
    Optional<SimulatedEstimator.Candidates> listed =
        estimator instanceof SimulatedEstimator simulated
            ? simulated.candidates()
            : Optional.empty();
    Strategy snapped =
        listed.isEmpty()
            ? created
            : new SnappedStrategy(created, searched, listed.get().list(), listed.get().passes());
    return lowFidelity == null ? snapped : cheaper(snapped, lowFidelity, estimator);
  }

  private Strategy cheaper(Strategy full, LowFidelity low, @Nullable Estimator estimator) {
    if (estimator == null) {
      throw new IllegalArgumentException(
          "Study '%s': who asks for its trials evaluates them, and nobody knows what could be spent less of: fidelity must be left out."
              .formatted(name));
    }
    return ProxyStrategy.of(
        full,
        objectives.get(0),
        low,
        estimator.fidelities(),
        new StudyPlan(budget.trials(), Math.max(1, parallelism)));
  }
}
