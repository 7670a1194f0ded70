package dev.troupe.strategy.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.morph.MorphSpace;
import dev.troupe.architecture.morph.Morphism;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RandomMorphismStrategyTest {

  private final Map<TrialId, Suggestion.Evaluate> ended = new HashMap<>();
  private long trials;

  private static ArchitectureSpace morphs(int steps) {
    return ArchitectureSpaces.named(
        "morphs", new NetworkTask(Shape.image(1, 8, 8), 10), Map.of("steps", steps));
  }

  private static RandomMorphismStrategy strategy(SearchSpace space) {
    return RandomMorphismStrategy.of(space, RandomStreams.of(1));
  }

  private static Suggestion.Evaluate next(RandomMorphismStrategy strategy) {
    return (Suggestion.Evaluate) strategy.suggest(1).get(0);
  }

  private TrialId complete(RandomMorphismStrategy strategy, Suggestion.Evaluate suggestion) {
    return end(strategy, suggestion, new Outcome.Completed(Metrics.of("loss", 1.0)));
  }

  private TrialId end(
      RandomMorphismStrategy strategy, Suggestion.Evaluate suggestion, Outcome outcome) {
    trials++;
    TrialId id = TrialId.of(trials);
    strategy.update(List.of(new EndedTrial(id, suggestion, List.of(), outcome, 1)), List.of());
    ended.put(id, suggestion);
    return id;
  }

  /** Checks that the morphism of a suggestion leads from its parent to it. */
  private TrialId requireLineage(SearchSpace space, Suggestion.Evaluate child) {
    var source = (WeightSource.Parent) child.weights();
    var decoder = space.decoder(Architecture.class).orElseThrow();
    Architecture parent = decoder.decode(ended.get(source.parent()).candidate());
    assertThat(Morphism.replay(parent, source.morphisms()))
        .singleElement()
        .satisfies(
            step -> assertThat(step.architecture()).isEqualTo(decoder.decode(child.candidate())));
    return source.parent();
  }

  @Test
  void suggest_oneAtATime_walksChainsFromTheStart() {
    SearchSpace space = morphs(3).searchSpace();
    RandomMorphismStrategy strategy = strategy(space);
    Suggestion.Evaluate start = next(strategy);
    assertThat(start.candidate().getInt("steps")).isZero();
    assertThat(start.weights()).isEqualTo(WeightSource.fresh());
    TrialId first = complete(strategy, start);
    for (int chain = 0; chain < 3; chain++) {
      TrialId tip = first;
      for (int step = 1; step <= 3; step++) {
        Suggestion.Evaluate member = next(strategy);
        assertThat(member.candidate().getInt("steps")).isEqualTo(step);
        assertThat(requireLineage(space, member)).isEqualTo(tip);
        tip = complete(strategy, member);
      }
    }
  }

  @Test
  void suggest_afterFailedOrPruned_goesOnFromTheMemberBefore() {
    SearchSpace space = morphs(4).searchSpace();
    RandomMorphismStrategy strategy = strategy(space);
    complete(strategy, next(strategy));
    TrialId second = complete(strategy, next(strategy));
    Suggestion.Evaluate failed = next(strategy);
    end(strategy, failed, new Outcome.Failed("diverged"));
    Suggestion.Evaluate pruned = next(strategy);
    assertThat(requireLineage(space, pruned)).isEqualTo(second);
    assertThat(pruned).isNotEqualTo(failed);
    end(strategy, pruned, new Outcome.Pruned(Metrics.none()));
    assertThat(requireLineage(space, next(strategy))).isEqualTo(second);
  }

  @Test
  void suggest_afterFailedStart_goesOnWithFreshWeights() {
    SearchSpace space = morphs(4).searchSpace();
    RandomMorphismStrategy strategy = strategy(space);
    end(strategy, next(strategy), new Outcome.Failed("diverged"));
    Suggestion.Evaluate next = next(strategy);
    assertThat(next.candidate().getInt("steps")).isEqualTo(1);
    assertThat(next.weights()).isEqualTo(WeightSource.fresh());
    TrialId tip = complete(strategy, next);
    assertThat(requireLineage(space, next(strategy))).isEqualTo(tip);
  }

  @Test
  void suggest_several_runsChainsSideBySide() {
    SearchSpace space = morphs(6).searchSpace();
    RandomMorphismStrategy strategy = strategy(space);
    List<Suggestion> first = strategy.suggest(3);
    assertThat(first).hasSize(3).doesNotHaveDuplicates();
    assertThat(first.stream().map(each -> ((Suggestion.Evaluate) each).candidate().getInt("steps")))
        .containsExactly(0, 1, 1);
    var tips = new HashMap<TrialId, Suggestion>();
    for (Suggestion each : first) {
      tips.put(complete(strategy, (Suggestion.Evaluate) each), each);
    }
    var parents =
        strategy.suggest(3).stream()
            .map(each -> requireLineage(space, (Suggestion.Evaluate) each))
            .toList();
    assertThat(parents).containsExactlyInAnyOrderElementsOf(tips.keySet());
  }

  @Test
  void suggest_anyMember_saysWhatItExtends() {
    RandomMorphismStrategy strategy = strategy(morphs(6).searchSpace());
    Suggestion.Evaluate start = next(strategy);
    TrialId tip = complete(strategy, start);
    Suggestion.Evaluate second = next(strategy);

    assertThat(start.explanation().reason()).startsWith("It is the start network");
    assertThat(second.explanation().reason()).endsWith("extends trial " + tip + ".");
    assertThat(second.explanation().nearest()).containsExactly(new Explanation.Neighbour(tip, 1));
  }

  /** What is on record may be explained as an earlier version did. */
  @Test
  void update_trialExplainedInOtherWords_goesOnAsWell() {
    RandomMorphismStrategy strategy = strategy(morphs(6).searchSpace());
    TrialId tip = complete(strategy, next(strategy).explained(Explanation.of("a hunch")));

    assertThat(next(strategy).weights())
        .isInstanceOfSatisfying(
            WeightSource.Parent.class, parent -> assertThat(parent.parent()).isEqualTo(tip));
  }

  @Test
  void suggest_inAJointSpace_keepsHyperparametersAlongAChain() {
    SearchSpace space =
        morphs(2)
            .joinedWith(
                SearchSpace.builder().add(FloatParameter.log("learning-rate", 1e-4, 1)).build());
    RandomMorphismStrategy strategy = strategy(space);
    var rates = new TreeSet<Double>();
    for (int chain = 0; chain < 4; chain++) {
      Suggestion.Evaluate start = next(strategy);
      assertThat(start.candidate().getInt("steps")).isZero();
      double rate = start.candidate().getDouble("learning-rate");
      rates.add(rate);
      complete(strategy, start);
      for (int step = 1; step <= 2; step++) {
        Suggestion.Evaluate member = next(strategy);
        assertThat(space.contains(member.candidate())).isTrue();
        assertThat(member.candidate().getDouble("learning-rate")).isEqualTo(rate);
        complete(strategy, member);
      }
    }
    assertThat(rates).hasSize(4);
  }

  @Test
  void suggest_whereNothingIsLegal_endsAfterTheStart() {
    RandomMorphismStrategy strategy = strategy(morphs(0).searchSpace());
    complete(strategy, next(strategy));
    assertThat(strategy.suggest(2)).isEmpty();
  }

  @Test
  void of_anotherSpace_isRefused() {
    SearchSpace plain = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
    assertThatThrownBy(() -> strategy(plain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'morphs'")
        .hasMessageContaining("[x]");
    assertThat(MorphSpace.behind(plain)).isEmpty();
  }

  @Test
  void suggest_always_walksTowardsLargerNetworks() {
    SearchSpace space = morphs(8).searchSpace();
    var decoder = space.decoder(Architecture.class).orElseThrow();
    RandomMorphismStrategy strategy = strategy(space);
    long before = 0;
    for (int i = 0; i < 9; i++) {
      Suggestion.Evaluate member = next(strategy);
      long parameters = decoder.decode(member.candidate()).parameters();
      assertThat(parameters).isGreaterThan(before);
      before = parameters;
      complete(strategy, member);
    }
  }
}
