package dev.troupe.strategy.baseline;

import static dev.troupe.strategy.baseline.WorkedExamplesTest.candidates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.settings.Settings;
import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.RandomSpaces;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.internal.FingerprintSet;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStrategyTest {

  private static SearchSpace twelvePoints() {
    return SearchSpace.builder()
        .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
        .add(IntParameter.linear("layers", 1, 6))
        .build();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void suggest_inTwelvePoints_givesAllBeforeItEnds(long seed) {
    RandomStrategy strategy = RandomStrategy.of(twelvePoints(), RandomStreams.of(seed));
    assertThat(candidates(strategy.suggest(100)))
        .as("seed %d", seed)
        .hasSize(12)
        .doesNotHaveDuplicates();
    assertThat(strategy.suggest(1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void suggest_inFiniteSpace_givesExactlyItsConfigurations(long seed) {
    for (long each = seed * 10; each < seed * 10 + 10; each++) {
      SearchSpace space = RandomSpaces.finite(each);
      Set<Configuration> all = new HashSet<>();
      space.enumerate().forEachRemaining(all::add);
      List<Configuration> suggested =
          candidates(RandomStrategy.of(space, RandomStreams.of(each)).suggest(all.size() + 5));
      assertThat(suggested).as("seed %d", each).hasSize(all.size());
      assertThat(new HashSet<>(suggested)).as("seed %d", each).isEqualTo(all);
    }
  }

  /** A configuration with a chance of one in 2^40 a draw is found by listing the rest. */
  @Test
  void suggest_whereOneConfigurationIsVeryImprobable_findsIt() {
    SearchSpace.Builder builder = SearchSpace.builder().add(new BooleanParameter("flag-0"));
    for (int i = 1; i < 40; i++) {
      builder.add(new BooleanParameter("flag-" + i), Condition.oneOf("flag-" + (i - 1), true));
    }
    RandomStrategy strategy = RandomStrategy.of(builder.build(), RandomStreams.of(3));
    assertThat(candidates(strategy.suggest(100))).hasSize(41).doesNotHaveDuplicates();
  }

  @Test
  void suggest_inLargeButFiniteSpaceOfFewAllowed_ends() {
    SearchSpace space =
        SearchSpace.builder()
            .add(IntParameter.linear("x", 0, 2000))
            .add(IntParameter.linear("y", 0, 2000))
            .constraint("x + y <= 40")
            .build();
    RandomStrategy strategy = RandomStrategy.of(space, RandomStreams.of(3));
    assertThat(candidates(strategy.suggest(30))).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void suggest_whereFinitePartIsProbable_repeatsNothing() {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("kind", "a", "b", "c", "d", "real"))
            .add(FloatParameter.linear("x", 0, 1), Condition.oneOf("kind", "real"))
            .build();
    RandomStrategy strategy = RandomStrategy.of(space, RandomStreams.of(3));
    assertThat(candidates(strategy.suggest(500))).hasSize(500).doesNotHaveDuplicates();
  }

  @Test
  void suggest_withDuplicates_neverEnds() {
    RandomStrategy strategy = RandomStrategy.withDuplicates(twelvePoints(), RandomStreams.of(1));
    assertThat(candidates(strategy.suggest(100))).hasSize(100);
  }

  @Test
  void suggest_always_drawsParametersFromTheirOwnStreams() {
    SearchSpace one = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
    SearchSpace two =
        SearchSpace.builder()
            .add(FloatParameter.linear("y", 0, 1))
            .add(FloatParameter.linear("x", 0, 1))
            .build();
    RandomStreams streams = RandomStreams.of(9);
    List<Configuration> alone = candidates(RandomStrategy.of(one, streams).suggest(3));
    List<Configuration> together = candidates(RandomStrategy.of(two, streams).suggest(3));
    for (int k = 1; k <= 3; k++) {
      double drawn = streams.stream(Kind.STRATEGY, k, "x").nextDouble();
      assertThat(alone.get(k - 1).getDouble("x")).isEqualTo(drawn);
      assertThat(together.get(k - 1).getDouble("x")).isEqualTo(drawn);
    }
  }

  @Test
  void load_onceTheRestIsListed_goesOnTheSame() {
    SearchSpace space = twelvePoints();
    for (int before = 0; before <= 12; before++) {
      RandomStrategy original = RandomStrategy.of(space, RandomStreams.of(5));
      original.suggest(before);
      RandomStrategy copy = RandomStrategy.of(space, RandomStreams.of(5));
      copy.load(original.save());
      assertThat(copy.suggest(20)).as("after %d", before).isEqualTo(original.suggest(20));
    }
  }

  @Test
  void load_ofStateOfOtherStrategy_namesIt() {
    byte[] state = GridStrategy.of(twelvePoints(), RandomStreams.of(1)).save();
    assertThatThrownBy(() -> RandomStrategy.of(twelvePoints(), RandomStreams.of(1)).load(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Strategy 'random': a saved state must be its own, but this one is a state of 'grid'."
                + " Maybe begin anew.");
  }

  @Test
  void save_after100000Suggestions_staysCompact() {
    RandomStrategy strategy = RandomStrategy.of(fiveReals(), RandomStreams.of(1));
    assertThat(strategy.suggest(100_000)).hasSize(100_000);
    assertThat(strategy.save()).hasSizeLessThan(8 * 100_000 + 100);
  }

  private static SearchSpace fiveReals() {
    SearchSpace.Builder builder = SearchSpace.builder();
    for (int i = 0; i < 5; i++) {
      builder.add(FloatParameter.log("x-" + i, 1e-3, 10));
    }
    return builder.build();
  }

  @Test
  void create_withWrongSetting_saysWhatIsRight() {
    var request =
        new StrategyRequest(
            twelvePoints(),
            List.of(Objective.minimize("loss")),
            RandomStreams.of(1),
            Settings.of("strategy", Map.of("duplicates", "maybe")));
    assertThatThrownBy(() -> new RandomProvider().create(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strategy.duplicates must be true or false, but was \"maybe\"");
  }

  @Test
  void fingerprints_manyAndZero_areKept() {
    var set = new FingerprintSet();
    var added = new ArrayList<Long>();
    for (long i = -5000; i < 5000; i++) {
      added.add(i * 4096); // alike in the low bits: the worst case for the probing
    }
    added.forEach(value -> assertThat(set.add(value)).isTrue());
    added.forEach(value -> assertThat(set.add(value)).isFalse());
    assertThat(set.size()).isEqualTo(added.size());
    assertThat(set.contains(0)).isTrue();
    assertThat(set.contains(1)).isFalse();
  }

  @Test
  void suggest_always_givesFullFidelityAndFreshWeights() {
    RandomStrategy strategy = RandomStrategy.of(twelvePoints(), RandomStreams.of(1));
    Suggestion suggestion = strategy.suggest(1).get(0);
    assertThat(suggestion.unexplained())
        .isEqualTo(Suggestion.evaluate(((Suggestion.Evaluate) suggestion).candidate()));
  }

  @Test
  void suggest_always_saysWhatItWasDrawnFrom() {
    RandomStrategy strategy = RandomStrategy.of(twelvePoints(), RandomStreams.of(1));
    var reasons = new ArrayList<String>();
    for (Suggestion suggestion : strategy.suggest(12)) {
      reasons.add(((Suggestion.Evaluate) suggestion).explanation().reason());
    }
    assertThat(reasons).startsWith("It was drawn at random.");
    assertThat(Set.copyOf(reasons))
        .isSubsetOf(
            "It was drawn at random.", "It was drawn at random from what was left of the space.");
  }
}
