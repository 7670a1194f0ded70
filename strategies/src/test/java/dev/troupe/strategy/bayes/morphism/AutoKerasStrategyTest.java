package dev.troupe.strategy.bayes.morphism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.morph.Morphism;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AutoKerasStrategyTest {

  /** A search that is short, since most of these tests ask other questions. */
  private static final AutoKerasOptions SHORT =
      new AutoKerasOptions(3, 2, new Annealing(0.7, 0.05), 4, 4, 200);

  private static ArchitectureSpace morphs(Map<String, ?> settings) {
    return ArchitectureSpaces.named("morphs", new NetworkTask(Shape.image(1, 8, 8), 10), settings);
  }

  private static SearchSpace small(int steps) {
    return morphs(Map.of("steps", steps, "filters", 2)).searchSpace();
  }

  private static SearchSpace joint() {
    return morphs(Map.of("steps", 4, "filters", 2))
        .joinedWith(
            SearchSpace.builder()
                .add(FloatParameter.log("learning-rate", 1e-4, 1))
                .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
                .build());
  }

  private static AutoKerasStrategy strategy(SearchSpace space) {
    return strategy(space, 1, Objective.minimize("loss"));
  }

  private static AutoKerasStrategy strategy(SearchSpace space, long seed, Objective... objectives) {
    return new AutoKerasStrategy(space, List.of(objectives), RandomStreams.of(seed), SHORT);
  }

  /** Prefers about a thousand parameters. */
  private static double loss(Architecture network) {
    return Math.abs(Math.log(network.parameters() / 1000.0));
  }

  private static Study study(AutoKerasStrategy strategy, SearchSpace space) {
    return new Study(strategy, space, AutoKerasStrategyTest::loss);
  }

  private static Suggestion.Evaluate next(AutoKerasStrategy strategy) {
    return (Suggestion.Evaluate) strategy.suggest(1).get(0);
  }

  /** Checks that the morphisms of every trial lead from its parent's network to its own. */
  private static void requireLineage(Study study, Set<TrialId> mayBeParents) {
    study
        .trials()
        .forEach(
            (id, trial) -> {
              if (trial.weights() instanceof WeightSource.Parent parent) {
                assertThat(mayBeParents).contains(parent.parent());
                Architecture from = study.network(parent.parent());
                var way = Morphism.replay(from, parent.morphisms());
                assertThat(way.isEmpty() ? from : way.get(way.size() - 1).architecture())
                    .isEqualTo(study.network(id));
              } else {
                assertThat(trial.weights()).isEqualTo(WeightSource.fresh());
              }
            });
  }

  @Test
  void suggest_first_isTheStartWithFreshWeights() {
    Suggestion.Evaluate first = next(strategy(small(8)));
    assertThat(first.candidate().getInt("steps")).isZero();
    assertThat(first.weights()).isEqualTo(WeightSource.fresh());
    assertThat(first.explanation()).isNotNull();
    assertThat(first.explanation().reason()).contains("from which all morphisms start");
  }

  @Test
  void suggest_oneAtATime_namesTheTrialAndTheMorphismsThatLeadFromIt() {
    SearchSpace space = small(8);
    Study study = study(strategy(space), space);
    study.run(25);
    assertThat(study.trials()).hasSize(25);
    requireLineage(study, study.trials().keySet());
    assertThat(study.trials().values().stream().skip(1))
        .allSatisfy(
            trial -> {
              assertThat(space.contains(trial.candidate())).isTrue();
              assertThat(trial.fidelity().isFull()).isTrue();
              assertThat(((WeightSource.Parent) trial.weights()).morphisms()).isNotEmpty();
            });
  }

  @Test
  void suggest_always_isAnotherNetwork() {
    SearchSpace space = small(3);
    Study study = study(strategy(space), space);
    study.run(40);
    var hashes = new TreeSet<String>();
    study.trials().keySet().forEach(id -> hashes.add(study.network(id).hash()));
    assertThat(hashes).hasSameSizeAs(study.trials().keySet()).hasSizeGreaterThan(20);
  }

  @Test
  void suggest_byTheModel_saysWhy() {
    SearchSpace space = small(8);
    Study study = study(strategy(space), space);
    study.run(12);
    Suggestion.Evaluate last = study.trials().get(TrialId.of(12));
    var parent = (WeightSource.Parent) last.weights();
    Explanation why = last.explanation();
    assertThat(why).isNotNull();
    assertThat(why.reason())
        .startsWith("The network of trial %s changed by ".formatted(parent.parent()))
        .contains(parent.morphisms())
        .contains("lower confidence bound")
        .contains("around 11 trials");
    assertThat(why.figures().keySet())
        .containsExactly(
            "predicted loss",
            "predicted loss, low",
            "predicted loss, high",
            "deviation of loss",
            "noise of loss",
            "acquisition");
    assertThat(why.figures().get("deviation of loss")).isPositive();
    assertThat(why.figures().get("predicted loss"))
        .isBetween(
            why.figures().get("predicted loss, low"), why.figures().get("predicted loss, high"));
    assertThat(why.nearest()).hasSize(5);
    assertThat(why.nearest())
        .isSortedAccordingTo((a, b) -> Double.compare(a.distance(), b.distance()));
  }

  @Test
  void suggest_forWhatIsMaximised_predictsTheMetricItself() {
    SearchSpace space = small(8);
    AutoKerasStrategy strategy = strategy(space, 1, Objective.maximize("accuracy"));
    Study study = study(strategy, space);
    for (int i = 0; i < 12; i++) {
      study.start(1);
      double loss = loss(study.network(TrialId.of(i + 1)));
      study.end(new Outcome.Completed(Metrics.of("accuracy", 0.9 - loss / 20)));
    }
    Explanation why = study.trials().get(TrialId.of(12)).explanation();
    assertThat(why).isNotNull();
    assertThat(why.figures().get("predicted accuracy")).isBetween(0.5, 1.0);
    assertThat(why.figures().get("predicted accuracy, low"))
        .isLessThan(why.figures().get("predicted accuracy, high"));
  }

  @Test
  void suggest_many_areAllDifferent() {
    SearchSpace space = small(8);
    Study study = study(strategy(space), space);
    study.run(6);
    assertThat(study.start(16)).isEqualTo(16);
    var hashes = new HashSet<String>();
    study.trials().keySet().forEach(id -> hashes.add(study.network(id).hash()));
    assertThat(hashes).hasSize(22);
    requireLineage(study, Set.copyOf(new ArrayList<>(study.trials().keySet()).subList(0, 6)));
  }

  @Test
  void suggest_manyAtOnce_begins() {
    SearchSpace space = small(8);
    Study study = study(strategy(space), space);
    assertThat(study.start(8)).isEqualTo(8);
    requireLineage(study, Set.of()); // nothing has weights yet
    for (int i = 0; i < 8; i++) {
      study.complete();
    }
    assertThat(study.start(8)).isEqualTo(8);
    assertThat(study.trials().get(TrialId.of(9)).weights()).isInstanceOf(WeightSource.Parent.class);
  }

  @Test
  void suggest_afterFailures_takesNoWeightsFromThem() {
    SearchSpace space = small(8);
    Study study = study(strategy(space), space);
    var completed = new HashSet<TrialId>();
    for (int i = 0; i < 24; i++) {
      assertThat(study.start(1)).isEqualTo(1);
      switch (i % 4) {
        case 1 -> study.end(new Outcome.Failed("diverged"));
        case 2 -> study.end(new Outcome.Completed(Metrics.of("loss", Double.NaN)));
        case 3 -> study.end(new Outcome.Pruned(Metrics.of("loss", 1.0)));
        default -> completed.add(study.complete());
      }
    }
    requireLineage(study, completed);
  }

  @Test
  void suggest_whereAllFail_goesOnWithFreshWeights() {
    SearchSpace space = small(8);
    Study study = study(strategy(space), space);
    for (int i = 0; i < 10; i++) {
      assertThat(study.start(1)).isEqualTo(1);
      study.end(new Outcome.Failed("diverged"));
    }
    requireLineage(study, Set.of());
  }

  @Test
  void suggest_nearFailures_isAvoided() {
    // Whatever has more than 600 parameters runs out of memory; the rest likes to be large.
    SearchSpace space = small(8);
    int failures = 0;
    for (long seed = 1; seed <= 4; seed++) {
      AutoKerasStrategy strategy = strategy(space, seed, Objective.minimize("loss"));
      Study study = new Study(strategy, space, network -> -Math.log(network.parameters()));
      for (int i = 0; i < 30; i++) {
        study.start(1);
        boolean isLarge = study.network(study.active().get(0).id()).parameters() > 600;
        if (isLarge) {
          study.end(new Outcome.Failed("out of memory"));
        } else {
          study.complete();
        }
        failures += isLarge && i >= 15 ? 1 : 0;
      }
    }
    assertThat(failures).as("of 60").isLessThan(45);
  }

  @Test
  void suggest_whereNothingIsLegal_endsAfterTheStart() {
    SearchSpace space = small(0);
    Study study = study(strategy(space), space);
    study.run(5);
    assertThat(study.trials()).hasSize(1);
    assertThat(strategy(space).suggest(4)).hasSize(1);
  }

  @Test
  void suggest_whereAllIsKnown_ends() {
    SearchSpace space =
        morphs(Map.of("steps", 1, "filters", 2, "blocks", 1, "kinds", List.of("widen", "deepen")))
            .searchSpace();
    Study study = study(strategy(space), space);
    study.run(200);
    assertThat(study.trials().size()).isBetween(3, 30);
  }

  @Test
  void suggest_inAJointSpace_searchesTheOtherParametersToo() {
    SearchSpace space = joint();
    AutoKerasStrategy strategy = strategy(space);
    Study study = study(strategy, space);
    var rates = new TreeSet<Double>();
    var copies = 0;
    for (int i = 0; i < 40; i++) {
      study.start(1);
      Suggestion.Evaluate trial = study.trials().get(TrialId.of(i + 1));
      assertThat(space.contains(trial.candidate())).isTrue();
      rates.add(trial.candidate().getDouble("learning-rate"));
      if (trial.weights() instanceof WeightSource.Parent parent && parent.morphisms().isEmpty()) {
        copies++;
      }
      double rate = Math.abs(Math.log10(trial.candidate().getDouble("learning-rate")) + 2);
      double size = loss(study.network(TrialId.of(i + 1)));
      study.end(new Outcome.Completed(Metrics.of("loss", size + 3 * rate)));
    }
    requireLineage(study, study.trials().keySet());
    assertThat(rates).hasSizeGreaterThan(8);
    assertThat(copies).isPositive();
    long good =
        study.trials().values().stream()
            .skip(20)
            .filter(t -> Math.abs(Math.log10(t.candidate().getDouble("learning-rate")) + 2) < 1)
            .count();
    assertThat(good).as("learning rates near the best, of 20; 10 by chance").isGreaterThan(12);
  }

  @Test
  void suggest_forTwoObjectives_followsBoth() {
    SearchSpace space = small(6);
    AutoKerasStrategy strategy =
        strategy(space, 1, Objective.minimize("loss"), Objective.maximize("parameters"));
    Study study = study(strategy, space);
    for (int i = 0; i < 12; i++) {
      study.start(1);
      Architecture network = study.network(TrialId.of(i + 1));
      study.end(
          new Outcome.Completed(
              Metrics.of("loss", loss(network), "parameters", (double) network.parameters())));
    }
    Explanation why = study.trials().get(TrialId.of(12)).explanation();
    assertThat(why).isNotNull();
    assertThat(why.figures()).containsKey("predicted weighted rank");
  }

  @Test
  void suggest_afterTrialsOfOthers_doesNotRepeatThemAndTakesTheirWeights() {
    SearchSpace space = small(4);
    AutoKerasStrategy strategy = strategy(space);
    Study study = study(strategy, space);
    Configuration start = space.configuration(Map.of("steps", 0));
    study.begin(Suggestion.evaluate(start));
    study.begin(
        new Suggestion.Evaluate(
            space.configuration(Map.of("steps", 1, "step-1", 7)),
            Fidelity.of("epochs", 1),
            WeightSource.fresh()));
    TrialId first = study.complete();
    study.complete();
    study.run(6);
    assertThat(study.trials()).hasSize(8);
    assertThat(study.trials().get(TrialId.of(3)).weights())
        .isInstanceOfSatisfying(
            WeightSource.Parent.class, parent -> assertThat(parent.parent()).isEqualTo(first));
    var hashes = new HashSet<String>();
    study.trials().keySet().forEach(id -> hashes.add(study.network(id).hash()));
    assertThat(hashes).hasSize(8);
  }

  @Test
  void load_whileTrialsAreRunning_goesOnAsTheSavedOneWould() {
    SearchSpace space = joint();
    AutoKerasStrategy saved = strategy(space);
    Study study = study(saved, space);
    study.run(8);
    study.start(3);
    AutoKerasStrategy loaded = strategy(space);
    loaded.load(saved.save());
    assertThat(loaded.suggest(4)).isEqualTo(saved.suggest(4));
  }

  @Test
  void suggest_manyTrials_holdsTheBestAndTheNewest() {
    SearchSpace space = small(20);
    var options = new AutoKerasOptions(2, 2, new Annealing(0.5, 0.1), 3, 4, 10);
    var strategy =
        new AutoKerasStrategy(
            space, List.of(Objective.minimize("loss")), RandomStreams.of(1), options);
    Study study = study(strategy, space);
    study.run(40);
    Explanation why = study.trials().get(TrialId.of(40)).explanation();
    assertThat(why).isNotNull();
    assertThat(why.reason()).contains("around 10 trials");
  }

  @Test
  void update_ofStoppedTrials_forgetsThem() {
    SearchSpace space = small(8);
    AutoKerasStrategy strategy = strategy(space);
    Suggestion.Evaluate first = next(strategy);
    strategy.update(
        List.of(new EndedTrial(TrialId.of(1), first, List.of(), new Outcome.Stopped(), 0)),
        List.of());
    assertThat(next(strategy).weights()).isEqualTo(WeightSource.fresh());
  }

  @Test
  void create_anotherSpace_isRefused() {
    SearchSpace plain = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
    assertThatThrownBy(() -> strategy(plain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Strategy 'autokeras'")
        .hasMessageContaining("'morphs'")
        .hasMessageContaining("[x]");
  }
}
