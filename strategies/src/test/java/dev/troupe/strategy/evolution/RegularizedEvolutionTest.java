package dev.troupe.strategy.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.troupe.random.RandomStreams;
import dev.troupe.space.BooleanParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.baseline.RandomStrategy;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegularizedEvolutionTest {

  private static final List<Objective> ONES = List.of(Objective.maximize("ones"));

  private static final String FIRST_VERSION =
      "74726f7570652d73747261746567790015726567756c6172697a65642d65766f6c7574696f6e0001"
          + "0000000000000001000000000126c2b98c738a00ea0000006102180a6269742d30040a6269742d31"
          + "030a6269742d32040a6269742d33040a6269742d34040a6269742d35030a6269742d36040a626974"
          + "2d37040a6269742d38030a6269742d39030c6269742d3130040c6269742d31310401c00800000000"
          + "0000a57155a2";

  private static SearchSpace bits(int count) {
    SearchSpace.Builder space = SearchSpace.builder();
    for (int i = 0; i < count; i++) {
      space.add(new BooleanParameter("bit-" + i));
    }
    return space.build();
  }

  private static EndedTrial ended(long id, Configuration candidate, Outcome outcome) {
    return new EndedTrial(TrialId.of(id), Suggestion.evaluate(candidate), List.of(), outcome, 0);
  }

  private static double ones(Configuration candidate) {
    return candidate.toMap().values().stream().filter(Boolean.TRUE::equals).count();
  }

  private static Member member(int id, double accuracy) {
    return new Member(null, Configuration.of(Map.of("id", id)), new double[] {-accuracy}, true);
  }

  private static long id(Member member) {
    return member.candidate().getLong("id");
  }

  /** Worked example AGE-1: the parents, who dies, and who is left. */
  @Test
  void population_ofTheWorkedExample_takesTheSameCourse() {
    var population = new AgeingPopulation(3);
    double[] founders = {.50, .62, .58};
    double[] children = {.60, .65, .55, .70};
    for (int i = 0; i < founders.length; i++) {
      population.add(member(i, founders[i]));
    }
    var random = new Random(7);
    var parents = new ArrayList<Long>();
    for (int i = 0; i < children.length; i++) {
      parents.add(id(population.tournament(2, random)));
      population.add(member(3 + i, children[i]));
    }
    assertThat(parents).containsExactly(1L, 1L, 3L, 4L);
    assertThat(population.members())
        .extracting(RegularizedEvolutionTest::id)
        .containsExactly(4L, 5L, 6L);
  }

  @Test
  void tournament_severalObjectives_prefersWhomTheFewestDominate() {
    var population = new AgeingPopulation(4);
    population.add(new Member(null, Configuration.of(Map.of("id", 0)), new double[] {1, 9}, true));
    population.add(new Member(null, Configuration.of(Map.of("id", 1)), new double[] {2, 2}, true));
    population.add(new Member(null, Configuration.of(Map.of("id", 2)), new double[] {3, 3}, true));
    population.add(new Member(null, Configuration.of(Map.of("id", 3)), new double[] {0, 0}, false));
    var random = new Random(1);
    for (int i = 0; i < 20; i++) {
      assertThat(id(population.tournament(40, random))).isEqualTo(0);
    }
  }

  private static double best(Strategy strategy, int trials) {
    double best = 0;
    for (int i = 1; i <= trials; i++) {
      Suggestion.Evaluate next = (Suggestion.Evaluate) strategy.suggest(1).get(0);
      double value = ones(next.candidate());
      best = Math.max(best, value);
      strategy.update(
          List.of(ended(i, next.candidate(), new Outcome.Completed(Metrics.of("ones", value)))),
          List.of());
    }
    return best;
  }

  /**
   * With 30 bits 300 random draws reach about 24 ones (each further one is several times rarer);
   * evolution climbs.
   */
  @Test
  void suggest_countingOnes_beatsRandomSearch() {
    SearchSpace space = bits(30);
    for (long seed = 1; seed <= 5; seed++) {
      RandomStreams streams = RandomStreams.of(seed);
      double evolved =
          best(RegularizedEvolution.of(space, ONES, streams, 20, 5, false, false), 300);
      double drawn = best(RandomStrategy.of(space, streams), 300);
      assertThat(evolved).as("seed %d", seed).isGreaterThan(drawn);
    }
  }

  @Test
  void suggest_finiteSpace_endsAfterEachConfigurationOnce() {
    Strategy strategy =
        RegularizedEvolution.of(bits(4), ONES, RandomStreams.of(1), 3, 2, false, false);
    var seen = new ArrayList<Configuration>();
    for (int i = 1; i <= 16; i++) {
      Suggestion.Evaluate next = (Suggestion.Evaluate) strategy.suggest(1).get(0);
      seen.add(next.candidate());
      Metrics value = Metrics.of("ones", ones(next.candidate()));
      strategy.update(List.of(ended(i, next.candidate(), new Outcome.Completed(value))), List.of());
    }
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(strategy.suggest(1)).isEmpty();
  }

  @Test
  void suggest_child_namesItsParentAlsoAfterLoading() {
    RandomStreams streams = RandomStreams.of(1);
    Strategy strategy = RegularizedEvolution.of(bits(12), ONES, streams, 1, 1, false, false);
    Suggestion.Evaluate founder = (Suggestion.Evaluate) strategy.suggest(1).get(0);
    strategy.update(
        List.of(ended(7, founder.candidate(), new Outcome.Completed(Metrics.of("ones", 3)))),
        List.of());
    Strategy copy = RegularizedEvolution.of(bits(12), ONES, streams, 1, 1, false, false);
    copy.load(strategy.save());

    Suggestion.Evaluate child = (Suggestion.Evaluate) copy.suggest(1).get(0);

    assertThat(founder.explanation().reason()).contains("a founder");
    assertThat(child.explanation())
        .isEqualTo(
            new Explanation(
                "It is a mutation of trial 7, the best of 1 drawn from the 1 youngest.",
                Map.of("parent's loss", -3.0),
                Map.of(),
                List.of(new Explanation.Neighbour(TrialId.of(7), 1))));
    assertThat(strategy.suggest(1)).containsExactly(child);
  }

  /** Saved by the first version, which did not note trials, after the trial of a founder. */
  @Test
  void load_stateOfTheFirstVersion_goesOnWithoutTheParentsNumber() {
    RandomStreams streams = RandomStreams.of(1);
    Strategy strategy = RegularizedEvolution.of(bits(12), ONES, streams, 1, 1, false, false);
    strategy.load(HexFormat.of().parseHex(FIRST_VERSION));

    Suggestion.Evaluate child = (Suggestion.Evaluate) strategy.suggest(1).get(0);

    assertThat(child.explanation().reason()).startsWith("It is a mutation of another");
    assertThat(child.explanation().figures()).containsEntry("parent's loss", -3.0);
    assertThat(child.explanation().nearest()).isEmpty();
  }

  @Test
  void suggest_onlyFailures_staysRandom() {
    Strategy strategy =
        RegularizedEvolution.of(bits(12), ONES, RandomStreams.of(1), 2, 2, false, false);
    for (int i = 1; i <= 30; i++) {
      Suggestion.Evaluate next = (Suggestion.Evaluate) strategy.suggest(1).get(0);
      strategy.update(
          List.of(ended(i, next.candidate(), new Outcome.Failed("diverged"))), List.of());
    }
    assertThat(strategy.suggest(3)).hasSize(3);
  }

  @Test
  void of_emptyPopulation_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RegularizedEvolution.of(bits(2), ONES, RandomStreams.of(1), 0, 1, false, false))
        .withMessageContaining("population")
        .withMessageContaining("Maybe");
  }
}
