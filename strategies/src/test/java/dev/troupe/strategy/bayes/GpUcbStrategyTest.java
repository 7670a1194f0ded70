package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
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
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpUcbStrategyTest {

  private static final List<Objective> LOSS = List.of(Objective.minimize("loss"));

  private static Strategy strategy(SearchSpace space, long seed, Map<String, ?> settings) {
    return strategy(space, LOSS, seed, settings);
  }

  private static Strategy strategy(
      SearchSpace space, List<Objective> objectives, long seed, Map<String, ?> settings) {
    return new GpUcbProvider()
        .create(
            new StrategyRequest(
                space, objectives, RandomStreams.of(seed), Settings.of("strategy", settings)));
  }

  /** Runs one trial at a time and returns the losses. */
  private static List<Double> run(
      Strategy strategy, int trials, ToDoubleFunction<Configuration> loss) {
    var losses = new ArrayList<Double>();
    for (int i = 1; i <= trials; i++) {
      Suggestion suggestion = strategy.suggest(1).get(0);
      double value = loss.applyAsDouble(candidate(suggestion));
      losses.add(value);
      strategy.update(List.of(ended(i, suggestion, Metrics.of("loss", value))), List.of());
    }
    return losses;
  }

  private static Configuration candidate(Suggestion suggestion) {
    return ((Suggestion.Evaluate) suggestion).candidate();
  }

  private static EndedTrial ended(long number, Suggestion suggestion, Metrics metrics) {
    return new EndedTrial(
        TrialId.of(number), suggestion, List.of(), new Outcome.Completed(metrics), 0);
  }

  private static EndedTrial failed(long number, Suggestion suggestion) {
    return new EndedTrial(
        TrialId.of(number), suggestion, List.of(), new Outcome.Failed("diverged"), 0);
  }

  private static double least(List<Double> losses) {
    return losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  private static SearchSpace plane() {
    return SearchSpace.builder()
        .add(FloatParameter.linear("x", -5, 10))
        .add(FloatParameter.linear("y", 0, 15))
        .build();
  }

  private static double branin(Configuration at) {
    double x = at.getDouble("x");
    double u = at.getDouble("y") - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return u * u + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  }

  /** Random search needs some 10,000 trials for this. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void suggest_onBranin_comesCloseInFortyTrials(long seed) {
    List<Double> losses = run(strategy(plane(), seed, Map.of()), 40, GpUcbStrategyTest::branin);
    assertThat(least(losses)).as("seed %d", seed).isLessThan(0.3979 + 0.01);
  }

  @ParameterizedTest
  @ValueSource(strings = {"log-ei", "ucb", "thompson"})
  void suggest_withEachAcquisition_isBetterThanRandom(String acquisition) {
    for (long seed = 1; seed <= 3; seed++) {
      double own =
          least(
              run(
                  strategy(plane(), seed, Map.of("acquisition", acquisition)),
                  40,
                  GpUcbStrategyTest::branin));
      double random =
          least(
              run(
                  RandomStrategy.of(plane(), RandomStreams.of(seed)),
                  40,
                  GpUcbStrategyTest::branin));
      assertThat(own).as("seed %d", seed).isLessThan(random);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"log-ei", "ucb", "thompson"})
  void suggest_sixteenAtOnce_givesDifferentOnesApart(String acquisition) {
    Strategy strategy = strategy(plane(), 5, Map.of("acquisition", acquisition));
    run(strategy, 15, GpUcbStrategyTest::branin);
    List<Configuration> batch =
        strategy.suggest(16).stream().map(GpUcbStrategyTest::candidate).toList();
    assertThat(batch).hasSize(16).doesNotHaveDuplicates();
    var apart = new ArrayList<Configuration>();
    for (Configuration each : batch) {
      if (apart.stream().allMatch(other -> distance(each, other) > 0.05)) {
        apart.add(each);
      }
    }
    assertThat(apart).as("of the batch, without what is all but the same").hasSizeGreaterThan(3);
  }

  private static double distance(Configuration one, Configuration other) {
    return Math.hypot(
        one.getDouble("x") - other.getDouble("x"), one.getDouble("y") - other.getDouble("y"));
  }

  /** Asked one by one or all at once, without news in between. */
  @Test
  void suggest_inOneCallOrSeveral_givesTheSame() {
    Strategy one = strategy(plane(), 5, Map.of());
    Strategy other = strategy(plane(), 5, Map.of());
    run(one, 12, GpUcbStrategyTest::branin);
    run(other, 12, GpUcbStrategyTest::branin);
    List<Suggestion> together = one.suggest(4);
    List<Suggestion> apart = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      apart.addAll(other.suggest(1));
    }
    assertThat(apart).isEqualTo(together);
  }

  @Test
  void suggest_whereTrialsFail_turnsAway() {
    Strategy strategy = strategy(plane(), 3, Map.of());
    int failures = 0;
    for (int i = 1; i <= 40; i++) {
      Suggestion suggestion = strategy.suggest(1).get(0);
      Configuration at = candidate(suggestion);
      boolean fails = at.getDouble("x") > 5; // one of the three optima is there
      failures += fails && i > 20 ? 1 : 0;
      strategy.update(
          List.of(
              fails ? failed(i, suggestion) : ended(i, suggestion, Metrics.of("loss", branin(at)))),
          List.of());
    }
    assertThat(failures).as("failures among the last twenty").isLessThan(6);
  }

  @Test
  void suggest_ofCategoriesAndConditions_findsTheBranch() {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("optimizer", "adam", "sgd", "rmsprop"))
            .add(FloatParameter.log("learning-rate", 1e-5, 1))
            .add(FloatParameter.linear("momentum", 0, 1), Condition.oneOf("optimizer", "sgd"))
            .build();
    ToDoubleFunction<Configuration> loss =
        at -> {
          double rate = Math.log10(at.getDouble("learning-rate"));
          return at.getString("optimizer").equals("sgd")
              ? Math.pow(rate + 1, 2) / 4 + Math.pow(at.getDouble("momentum") - 0.9, 2)
              : 0.2 + Math.pow(rate + 3, 2) / 4;
        };
    List<Double> losses = run(strategy(space, 2, Map.of()), 40, loss);
    assertThat(least(losses)).isLessThan(0.01);
  }

  @Test
  void suggest_inFiniteSpace_givesEachOnceAndEnds() {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("a", "x", "y", "z"))
            .add(IntParameter.linear("b", 1, 7))
            .constraint("b <= 6")
            .build();
    Strategy strategy = strategy(space, 4, Map.of());
    var seen = new HashSet<Configuration>();
    run(
        strategy,
        18,
        at -> {
          assertThat(seen.add(at)).isTrue();
          return at.getLong("b");
        });
    assertThat(strategy.suggest(2)).isEmpty();
    assertThat(strategy.suggest(2)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void suggest_afterAnyHistory_staysInSpace(int family) {
    for (int i = 0; i < 13; i++) { // 208 histories in all
      long seed = family * 100L + i;
      SearchSpace space = i % 4 == 0 ? hundredCategories() : RandomSpaces.of(seed);
      Strategy strategy = strategy(space, seed, Map.of("initial", 2));
      tell(strategy, space, new Random(seed), i % 5 == 0 ? 1 : 25);
      for (Suggestion suggestion : strategy.suggest(3)) {
        assertThat(space.contains(candidate(suggestion))).as("seed %d", seed).isTrue();
      }
    }
  }

  private static SearchSpace hundredCategories() {
    return SearchSpace.builder()
        .add(
            CategoricalParameter.of(
                "word", IntStream.range(0, 100).mapToObj(i -> "w" + i).toArray()))
        .add(FloatParameter.linear("x", 0, 1))
        .build();
  }

  /** Duplicates, constants, values that are huge, not a number or infinite, failures. */
  private static void tell(Strategy strategy, SearchSpace space, Random random, int trials) {
    int kind = random.nextInt(4);
    var known = new ArrayList<Suggestion>();
    for (int i = 1; i <= trials; i++) {
      boolean isCopy = !known.isEmpty() && random.nextInt(4) == 0;
      Suggestion suggestion =
          isCopy
              ? known.get(random.nextInt(known.size()))
              : Suggestion.evaluate(space.sample(random));
      known.add(suggestion);
      double value =
          switch (kind) {
            case 0 -> 3;
            case 1 -> random.nextGaussian() * 1e300;
            case 2 -> random.nextInt(3) == 0 ? Double.NaN : random.nextGaussian();
            default -> random.nextInt(8) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble();
          };
      EndedTrial trial =
          random.nextInt(5) == 0
              ? failed(i, suggestion)
              : ended(i, suggestion, Metrics.of("loss", value));
      strategy.update(
          List.of(trial), List.of(new ActiveTrial(TrialId.of(9999), suggestion, List.of())));
      strategy.suggest(1);
    }
  }

  /** Half the trials from the ends of the front would be far from the middle of it. */
  @Test
  void suggest_withTwoObjectives_coversTheFront() {
    SearchSpace space = plane();
    List<Objective> objectives = List.of(Objective.minimize("loss"), Objective.maximize("other"));
    Strategy strategy = strategy(space, objectives, 3, Map.of());
    int nearFront = 0;
    int[] thirds = new int[3];
    for (int i = 1; i <= 60; i++) {
      Suggestion suggestion = strategy.suggest(1).get(0);
      double x = candidate(suggestion).getDouble("x");
      double y = candidate(suggestion).getDouble("y");
      // The front is y = 3 with x from 0 to 6.
      Metrics metrics =
          Metrics.of(
              "loss", x * x + (y - 3) * (y - 3), "other", -(x - 6) * (x - 6) - (y - 3) * (y - 3));
      if (i > 20 && Math.abs(y - 3) < 1 && x > -0.5 && x < 6.5) {
        nearFront++;
        thirds[(int) Math.max(0, Math.min(2, x / 2))]++;
      }
      strategy.update(List.of(ended(i, suggestion, metrics)), List.of());
    }
    assertThat(nearFront).as("of the last forty").isGreaterThan(20);
    assertThat(IntStream.of(thirds).min().orElseThrow()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void suggest_beyondWhatIsHeld_goesOn() {
    Strategy strategy = strategy(plane(), 1, Map.of("most-observations", 20));
    List<Double> losses = run(strategy, 60, GpUcbStrategyTest::branin);
    assertThat(least(losses)).isLessThan(0.3979 + 0.01);
    Strategy copy = strategy(plane(), 1, Map.of("most-observations", 20));
    copy.load(strategy.save());
    assertThat(copy.suggest(3)).isEqualTo(strategy.suggest(3));
  }

  /** Between two fits observations are added one by one; a loaded state adds them all at once. */
  @ParameterizedTest
  @ValueSource(strings = {"log-ei", "ucb", "thompson"})
  void load_betweenFits_goesOnToTheLastDigit(String acquisition) {
    Map<String, ?> settings = Map.of("acquisition", acquisition);
    Strategy strategy = strategy(plane(), 6, settings);
    run(strategy, 44, GpUcbStrategyTest::branin);
    for (int i = 0; i < 4; i++) {
      Strategy copy = strategy(plane(), 6, settings);
      copy.load(strategy.save());
      List<Suggestion> expected = strategy.suggest(2);
      assertThat(copy.suggest(2)).isEqualTo(expected);
      strategy.update(
          List.of(
              ended(
                  100 + i,
                  expected.get(0),
                  Metrics.of("loss", branin(candidate(expected.get(0)))))),
          List.of(new ActiveTrial(TrialId.of(200), expected.get(1), List.of())));
    }
  }

  private static boolean hasLapack() {
    return LinearAlgebra.fastest().name().equals("lapack");
  }

  /** The last digits differ, so that another library would go another way sooner or later. */
  @Test
  void load_ofStateByOtherLinearAlgebra_goesOnWithThatOne() {
    assumeThat(hasLapack()).as("OpenBLAS is on the class path").isTrue();
    Strategy strategy = strategy(plane(), 6, Map.of("linear-algebra", "auto"));
    run(strategy, 30, GpUcbStrategyTest::branin);
    Strategy copy = strategy(plane(), 6, Map.of("linear-algebra", "ejml"));
    copy.load(strategy.save());
    assertThat(run(copy, 8, GpUcbStrategyTest::branin))
        .isEqualTo(run(strategy, 8, GpUcbStrategyTest::branin));
    assertThat(copy.save()).isEqualTo(strategy.save());
  }

  @Test
  void suggest_withLapack_isAsGoodAsWithEjml() {
    assumeThat(hasLapack()).as("OpenBLAS is on the class path").isTrue();
    Strategy strategy = strategy(plane(), 2, Map.of("linear-algebra", "lapack"));
    assertThat(least(run(strategy, 40, GpUcbStrategyTest::branin))).isLessThan(0.3979 + 0.01);
  }

  @Test
  void create_withUnknownLinearAlgebra_saysWhichThereAre() {
    assertThatThrownBy(() -> strategy(plane(), 1, Map.of("linear-algebra", "fortran")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linear-algebra")
        .hasMessageContaining("lapack");
  }

  @Test
  void create_withUnknownAcquisition_saysWhichThereAre() {
    assertThatThrownBy(() -> strategy(plane(), 1, Map.of("acquisition", "magic")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("acquisition")
        .hasMessageContaining("log-ei");
  }
}
