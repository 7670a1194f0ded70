package dev.troupe.strategy.bayes.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.RandomSpaces;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.baseline.RandomStrategy;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TpeStrategyTest {

  private static final List<Objective> LOSS = List.of(Objective.minimize("loss"));

  /** The branch "sgd" holds the optimum, but its own parameter has to be right. */
  private static final SearchSpace CONDITIONAL =
      SearchSpace.builder()
          .add(CategoricalParameter.of("optimizer", "sgd", "adam", "rmsprop"))
          .add(FloatParameter.log("rate", 1e-5, 1))
          .add(FloatParameter.linear("momentum", 0, 1), Condition.oneOf("optimizer", "sgd"))
          .add(IntParameter.linear("layers", 1, 8))
          .build();

  private static SearchSpace cube(int dimensions) {
    SearchSpace.Builder cube = SearchSpace.builder();
    for (int i = 0; i < dimensions; i++) {
      cube.add(FloatParameter.linear("x" + i, 0, 1));
    }
    return cube.build();
  }

  private static double bowl(Configuration candidate) {
    double sum = 0;
    for (String name : candidate.names()) {
      double distance = candidate.getDouble(name) - 0.3;
      sum += distance * distance;
    }
    return sum;
  }

  private static double conditionalLoss(Configuration candidate) {
    double distance = Math.log10(candidate.getDouble("rate")) + 2.5;
    double loss = distance * distance + 0.2 * Math.abs(candidate.getLong("layers") - 5);
    if (!candidate.has("momentum")) {
      return loss + 0.5;
    }
    double other = candidate.getDouble("momentum") - 0.9;
    return loss + 10 * other * other;
  }

  private static Configuration candidate(Suggestion suggestion) {
    return ((Suggestion.Evaluate) suggestion).candidate();
  }

  private static EndedTrial ended(long id, Suggestion suggestion, Outcome outcome) {
    return new EndedTrial(TrialId.of(id), suggestion, List.of(), outcome, 1);
  }

  private static Outcome completed(double loss) {
    return new Outcome.Completed(Metrics.of("loss", loss));
  }

  /** Evaluates one after the other and returns what was tried. */
  private static List<Configuration> run(
      Strategy strategy, int trials, Function<Configuration, Outcome> evaluate) {
    var tried = new ArrayList<Configuration>();
    for (int i = 1; i <= trials; i++) {
      Suggestion suggestion = strategy.suggest(1).get(0);
      tried.add(candidate(suggestion));
      strategy.update(
          List.of(ended(i, suggestion, evaluate.apply(candidate(suggestion)))), List.of());
    }
    return tried;
  }

  private static double best(
      Strategy strategy, int trials, ToDoubleFunction<Configuration> function) {
    return run(strategy, trials, each -> completed(function.applyAsDouble(each))).stream()
        .mapToDouble(function)
        .min()
        .orElseThrow();
  }

  /** How often the strategy ends better than random search with the same seed. */
  private static int wins(SearchSpace space, int seeds, ToDoubleFunction<Configuration> function) {
    int wins = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      RandomStreams streams = RandomStreams.of(seed);
      double found = best(TpeStrategy.of(space, LOSS, streams), 60, function);
      wins += found < best(RandomStrategy.of(space, streams), 60, function) ? 1 : 0;
    }
    return wins;
  }

  /** Of 20 fair coins 17 or more heads have a probability of 0.0013. */
  @Test
  void suggest_inABowl_beatsRandomSearch() {
    assertThat(wins(cube(5), 20, TpeStrategyTest::bowl)).isGreaterThanOrEqualTo(17);
  }

  @Test
  void suggest_underConditions_beatsRandomSearch() {
    assertThat(wins(CONDITIONAL, 20, TpeStrategyTest::conditionalLoss)).isGreaterThanOrEqualTo(17);
  }

  @Test
  void suggest_maximizing_goesUp() {
    var objectives = List.of(Objective.maximize("loss"));
    Strategy strategy = TpeStrategy.of(cube(3), objectives, RandomStreams.of(1));
    List<Configuration> tried = run(strategy, 60, each -> completed(-bowl(each)));
    double first = tried.stream().limit(20).mapToDouble(TpeStrategyTest::bowl).average().orElse(0);
    double last = tried.stream().skip(40).mapToDouble(TpeStrategyTest::bowl).average().orElse(0);
    assertThat(last).isLessThan(first / 3);
  }

  /** Two bowls: what is good lies on the line between their bottoms. */
  @Test
  void suggest_twoObjectives_comesNearTheFront() {
    var objectives = List.of(Objective.minimize("a"), Objective.minimize("b"));
    Strategy strategy = TpeStrategy.of(cube(4), objectives, RandomStreams.of(1));
    List<Configuration> tried =
        run(
            strategy,
            80,
            each ->
                new Outcome.Completed(
                    Metrics.of("a", distance(each, 0.2), "b", distance(each, 0.8))));
    double first =
        tried.stream().limit(10).mapToDouble(TpeStrategyTest::excess).average().orElse(0);
    double last = tried.stream().skip(50).mapToDouble(TpeStrategyTest::excess).average().orElse(0);
    assertThat(last).isLessThan(first / 2);
  }

  private static double distance(Configuration candidate, double from) {
    return Math.sqrt(
        candidate.names().stream()
            .mapToDouble(name -> Math.pow(candidate.getDouble(name) - from, 2))
            .sum());
  }

  /** How much longer the way by the candidate is than the straight one. */
  private static double excess(Configuration candidate) {
    return distance(candidate, 0.2) + distance(candidate, 0.8) - Math.sqrt(4 * 0.36);
  }

  @Test
  void suggest_sixteenAtATime_givesSixteenPlacesApart() {
    SearchSpace space = cube(2);
    Strategy strategy = TpeStrategy.of(space, LOSS, RandomStreams.of(3));
    run(strategy, 40, each -> completed(bowl(each)));
    var active = new ArrayList<ActiveTrial>();
    for (int i = 0; i < 16; i++) {
      Suggestion suggestion = strategy.suggest(1).get(0);
      active.add(new ActiveTrial(TrialId.of(41 + i), suggestion, List.of()));
      strategy.update(List.of(), active);
    }
    for (int i = 0; i < active.size(); i++) {
      for (int j = 0; j < i; j++) {
        Configuration one = candidate(active.get(i).suggestion());
        Configuration other = candidate(active.get(j).suggestion());
        assertThat(
                Math.hypot(
                    one.getDouble("x0") - other.getDouble("x0"),
                    one.getDouble("x1") - other.getDouble("x1")))
            .as("%s and %s", one, other)
            .isGreaterThan(1e-4);
      }
    }
  }

  /** A batch sees its own members as running, just as if they had been asked for one by one. */
  @Test
  void suggest_aBatch_isAsOneByOneWithUpdatesBetween() {
    Strategy batch = TpeStrategy.of(cube(3), LOSS, RandomStreams.of(4));
    Strategy single = TpeStrategy.of(cube(3), LOSS, RandomStreams.of(4));
    run(batch, 20, each -> completed(bowl(each)));
    run(single, 20, each -> completed(bowl(each)));
    var active = new ArrayList<ActiveTrial>();
    for (int i = 0; i < 5; i++) {
      active.add(new ActiveTrial(TrialId.of(21 + i), single.suggest(1).get(0), List.of()));
      single.update(List.of(), active);
    }
    assertThat(batch.suggest(5)).isEqualTo(active.stream().map(ActiveTrial::suggestion).toList());
  }

  @Test
  void load_whileTrialsRun_goesOnAsTheOther() {
    Strategy first = TpeStrategy.of(CONDITIONAL, LOSS, RandomStreams.of(4));
    run(first, 30, each -> completed(conditionalLoss(each)));
    List<Suggestion> running = first.suggest(4);
    first.update(
        List.of(ended(31, running.get(1), new Outcome.Failed("diverged"))),
        List.of(new ActiveTrial(TrialId.of(30), running.get(0), List.of())));
    first.suggest(2);
    Strategy second = TpeStrategy.of(CONDITIONAL, LOSS, RandomStreams.of(4));
    second.load(first.save());
    assertThat(second.suggest(5)).isEqualTo(first.suggest(5));
  }

  @Test
  void load_stateOfAnotherSpace_isRefused() {
    Strategy small = TpeStrategy.of(cube(2), LOSS, RandomStreams.of(4));
    run(small, 12, each -> completed(bowl(each)));
    Strategy large = TpeStrategy.of(cube(9), LOSS, RandomStreams.of(4));
    assertThatThrownBy(() -> large.load(small.save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 parameters and not 9");
  }

  /** All that lies above 0.5 fails, as half of random draws would. */
  @Test
  void suggest_whereHalfFails_learnsToAvoidIt() {
    Strategy strategy = TpeStrategy.of(cube(1), LOSS, RandomStreams.of(2));
    List<Configuration> tried =
        run(
            strategy,
            60,
            each ->
                each.getDouble("x0") > 0.5
                    ? new Outcome.Failed("diverged")
                    : completed(Math.abs(each.getDouble("x0") - 0.3)));
    long failed = tried.stream().skip(20).filter(each -> each.getDouble("x0") > 0.5).count();
    assertThat(failed).isLessThan(8);
  }

  @Test
  void suggest_onlyFailures_goesElsewhere() {
    Strategy strategy = TpeStrategy.of(cube(2), LOSS, RandomStreams.of(2));
    List<Configuration> tried = run(strategy, 50, each -> new Outcome.Failed("diverged"));
    assertThat(tried).doesNotHaveDuplicates();
    assertThat(tried.stream().skip(10).filter(each -> each.getDouble("x0") < 0.5).count())
        .isBetween(10L, 30L);
  }

  @Test
  void suggest_inFiniteSpaces_givesEachConfigurationOnce() {
    for (long seed = 1; seed <= 40; seed++) {
      SearchSpace space = RandomSpaces.finite(seed);
      var all = new HashSet<Configuration>();
      space.enumerate().forEachRemaining(all::add);
      if (all.size() <= 300) {
        Strategy strategy = TpeStrategy.of(space, LOSS, RandomStreams.of(seed));
        var random = new Random(seed);
        List<Configuration> tried = run(strategy, all.size(), each -> completed(random.nextInt(5)));
        assertThat(tried).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(all);
        assertThat(strategy.suggest(1)).as("seed %d", seed).isEmpty();
      }
    }
  }

  @Test
  void update_whatAnotherSuggested_isNotSuggestedAgain() {
    SearchSpace space = SearchSpace.builder().add(IntParameter.linear("x", 1, 12)).build();
    Strategy strategy = TpeStrategy.of(space, LOSS, RandomStreams.of(1));
    Suggestion enqueued = Suggestion.evaluate(space.configuration(Map.of("x", 7)));
    strategy.update(List.of(ended(1, enqueued, completed(0))), List.of());
    List<Configuration> tried = new ArrayList<>();
    for (int i = 2; i <= 6; i++) {
      Suggestion suggestion = strategy.suggest(1).get(0);
      tried.add(candidate(suggestion));
      strategy.update(List.of(ended(i, suggestion, completed(i))), List.of());
    }
    assertThat(tried).doesNotContain(candidate(enqueued)).doesNotHaveDuplicates();
  }

  /** Random histories with all that makes models stumble. */
  @Test
  void suggest_afterAnyHistory_staysInTheSpace() {
    for (long seed = 1; seed <= 200; seed++) {
      var random = new Random(seed);
      SearchSpace space = seed % 4 == 0 ? manyChoices() : RandomSpaces.of(seed);
      TpeOptions defaults = TpeOptions.defaults();
      var options =
          new TpeOptions(
              1 + random.nextInt(6),
              defaults.candidates(),
              defaults.split(),
              defaults.goodShare(),
              defaults.mostGood(),
              1 + random.nextInt(20));
      Strategy strategy = new TpeStrategy(space, LOSS, RandomStreams.of(seed), options);
      boolean isConstant = random.nextInt(4) == 0;
      for (int i = 1; i <= (seed % 5 == 0 ? 1 : 30); i++) {
        for (Suggestion suggestion : strategy.suggest(1)) {
          assertThat(space.contains(candidate(suggestion)))
              .as("seed %d: %s", seed, suggestion)
              .isTrue();
          Suggestion told =
              random.nextInt(5) == 0 ? Suggestion.evaluate(space.sample(random)) : suggestion;
          Outcome outcome = isConstant ? completed(1) : outcome(random);
          var trials = new ArrayList<EndedTrial>();
          trials.add(ended(2L * i, told, outcome));
          if (random.nextInt(3) == 0) {
            trials.add(ended(2L * i + 1, told, outcome)); // a duplicate
          }
          strategy.update(trials, List.of());
        }
      }
      strategy.suggest(3).forEach(each -> assertThat(space.contains(candidate(each))).isTrue());
    }
  }

  private static SearchSpace manyChoices() {
    SearchSpace.Builder space = SearchSpace.builder();
    Object[] choices = new Object[100];
    for (int i = 0; i < choices.length; i++) {
      choices[i] = "c" + i;
    }
    return space
        .add(CategoricalParameter.of("choice", choices))
        .add(CategoricalParameter.ordered("rank", choices))
        .add(IntParameter.log("units", 1, 1L << 40))
        .build();
  }

  private static Outcome outcome(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> completed(1e300);
      case 1 -> completed(-1e300);
      case 2 -> new Outcome.Completed(Metrics.of("loss", Double.NaN));
      case 3 -> new Outcome.Pruned(Metrics.of("loss", Double.POSITIVE_INFINITY));
      case 4 -> new Outcome.Pruned(Metrics.of("loss", random.nextGaussian()));
      case 5 -> new Outcome.Failed("out of memory");
      default -> completed(random.nextGaussian());
    };
  }

  @Test
  void suggest_underTightConstraints_obeysThem() {
    SearchSpace space =
        SearchSpace.builder()
            .add(FloatParameter.linear("x", 0, 1))
            .add(FloatParameter.linear("y", 0, 1))
            .constraint("x + y <= 0.2")
            .build();
    Strategy strategy = TpeStrategy.of(space, LOSS, RandomStreams.of(1));
    List<Configuration> tried = run(strategy, 40, each -> completed(bowl(each)));
    assertThat(tried).allMatch(space::satisfies).doesNotHaveDuplicates();
    assertThat(best(TpeStrategy.of(space, LOSS, RandomStreams.of(1)), 40, TpeStrategyTest::bowl))
        .isLessThan(0.09);
  }

  @Test
  void create_withSettings_usesThem() {
    var settings =
        Settings.of(
            "strategy", Map.of("startup", 3, "split", "root", "good-share", 0.25, "most-bad", 10));
    var request = new StrategyRequest(cube(2), LOSS, RandomStreams.of(1), settings);
    Strategy strategy = new TpeProvider().create(request);
    assertThat(run(strategy, 30, each -> completed(bowl(each)))).doesNotHaveDuplicates();
    var plain = new StrategyRequest(cube(2), LOSS, RandomStreams.of(1), Settings.none("strategy"));
    assertThat(run(new TpeProvider().create(plain), 30, each -> completed(bowl(each))))
        .isNotEqualTo(run(new TpeProvider().create(request), 30, each -> completed(bowl(each))));
  }

  @Test
  void create_withImpossibleShare_isRefused() {
    var request =
        new StrategyRequest(
            cube(2), LOSS, RandomStreams.of(1), Settings.of("strategy", Map.of("good-share", 0)));
    assertThatThrownBy(() -> new TpeProvider().create(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("good-share")
        .hasMessageContaining("Maybe");
  }
}
