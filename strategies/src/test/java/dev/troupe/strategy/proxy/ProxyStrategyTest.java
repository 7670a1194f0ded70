package dev.troupe.strategy.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyContract;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.strategy.baseline.RandomProvider;
import dev.troupe.strategy.multifidelity.AshaProvider;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Random search at a proxy, which keeps the contract of every strategy. */
public class ProxyStrategyTest extends StrategyContract {

  private static final Fidelity PROXY = Fidelity.of("epochs", 3);
  private static final SearchSpace LINE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

  /** Made by reflection in another JVM. */
  public static final class Cheap implements StrategyProvider {

    /** Makes one. */
    public Cheap() {}

    @Override
    public String name() {
      return "proxy";
    }

    @Override
    public String description() {
      return "random search at a proxy";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }

    @Override
    public Strategy create(StrategyRequest request) {
      return new ProxyStrategy(
          new RandomProvider().create(request),
          request.objectives().get(0),
          PROXY,
          5,
          request.plan());
    }
  }

  @Override
  protected List<StrategyProvider> providers() {
    return List.of(new Cheap());
  }

  private static StrategyRequest request(Long trials) {
    return new StrategyRequest(
        LINE,
        List.of(Objective.maximize("score")),
        RandomStreams.of(1),
        Settings.none("strategy"),
        new StudyPlan(trials, 1),
        List.of(new FidelityRange("epochs", 1, 9)));
  }

  private static Strategy create(Long trials, int check) {
    return new ProxyStrategy(
        new RandomProvider().create(request(trials)),
        Objective.maximize("score"),
        PROXY,
        check,
        new StudyPlan(trials, 1));
  }

  /** One at a time; a check whose outcome is null fails. */
  private static List<EndedTrial> run(
      Strategy strategy, int trials, Function<Configuration, Double> full) {
    var all = new ArrayList<EndedTrial>();
    var news = new ArrayList<EndedTrial>();
    for (int i = 1; i <= trials; i++) {
      strategy.update(news, List.of());
      news.clear();
      Suggestion.Evaluate next = (Suggestion.Evaluate) strategy.suggest(1).get(0);
      Double value = next.candidate().getDouble("x");
      if (next.fidelity().isFull()) {
        value = full.apply(next.candidate());
      }
      Outcome outcome =
          value == null
              ? new Outcome.Failed("no memory")
              : new Outcome.Completed(Metrics.of("score", value));
      news.add(new EndedTrial(TrialId.of(i), next, List.of(), outcome, 1));
      all.addAll(news);
    }
    return all;
  }

  private static List<EndedTrial> checks(List<EndedTrial> trials) {
    return trials.stream()
        .filter(trial -> ((Suggestion.Evaluate) trial.suggestion()).fidelity().isFull())
        .toList();
  }

  private static double x(EndedTrial trial) {
    return ((Suggestion.Evaluate) trial.suggestion()).candidate().getDouble("x");
  }

  @Test
  void suggest_plannedStudy_checksSpreadAndEndsWithTheBest() {
    List<EndedTrial> trials = run(create(40L, 5), 40, each -> each.getDouble("x"));

    List<EndedTrial> checks = checks(trials);
    assertThat(checks.stream().map(each -> each.id().number()))
        .containsExactly(11L, 12L, 13L, 14L, 40L);
    List<Double> first = trials.subList(0, 10).stream().map(ProxyStrategyTest::x).sorted().toList();
    assertThat(checks.subList(0, 4).stream().map(ProxyStrategyTest::x))
        .containsExactly(first.get(9), first.get(6), first.get(3), first.get(0));
    double best =
        trials.stream()
            .filter(each -> !checks.contains(each) && x(each) != first.get(9))
            .mapToDouble(ProxyStrategyTest::x)
            .max()
            .orElseThrow();
    assertThat(x(checks.get(4))).isEqualTo(best);
  }

  @Test
  void suggest_failedChecks_areMadeUpFor() {
    int[] made = {0};
    List<EndedTrial> trials =
        run(create(40L, 5), 40, each -> made[0]++ < 2 ? null : each.getDouble("x"));

    assertThat(checks(trials)).hasSize(7);
    assertThat(checks(trials).stream().filter(each -> each.outcome() instanceof Outcome.Completed))
        .hasSize(5);
    assertThat(checks(trials).stream().map(ProxyStrategyTest::x)).doesNotHaveDuplicates();
  }

  @Test
  void suggest_checksThatAllFail_goOnSearching() {
    List<EndedTrial> trials = run(create(40L, 5), 40, each -> null);

    assertThat(checks(trials)).hasSizeBetween(5, 6);
  }

  @Test
  void suggest_fewTrials_checksHalfOfThem() {
    assertThat(checks(run(create(4L, 5), 4, each -> 1.0))).hasSize(2);
    assertThat(checks(run(create(1L, 5), 1, each -> 1.0))).isEmpty();
    assertThat(checks(run(create(40L, 0), 40, each -> 1.0))).isEmpty();
  }

  @Test
  void suggest_openStudy_checksTheBestAgainAndAgain() {
    List<EndedTrial> checks = checks(run(create(null, 5), 100, each -> 1.0));

    assertThat(checks.stream().map(each -> each.id().number()))
        .containsExactly(11L, 12L, 13L, 14L, 25L, 46L, 87L);
  }

  @Test
  void suggest_moreThanPlanned_goesOn() {
    assertThat(checks(run(create(20L, 5), 60, each -> 1.0))).hasSize(6);
  }

  @Test
  void create_strategyThatPromotes_isRefused() {
    Strategy asha = new AshaProvider().create(request(40L));

    assertThatThrownBy(
            () -> new ProxyStrategy(asha, Objective.minimize("loss"), PROXY, 5, StudyPlan.open()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leaves the fidelity alone");
  }
}
