package dev.troupe.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.baseline.RandomProvider;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random search over a list, which keeps the contract of every strategy. */
public class SnappedStrategyTest extends StrategyContract {

  private static final SearchSpace LINE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

  private static final List<Configuration> TENTHS =
      IntStream.range(0, 10).mapToObj(i -> at(i / 10.0)).toList();

  /** Made by reflection in another JVM. */
  public static final class OverList implements StrategyProvider {

    /** Makes one. */
    public OverList() {}

    @Override
    public String name() {
      return "snapped";
    }

    @Override
    public String description() {
      return "random search over a list";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }

    @Override
    public Strategy create(StrategyRequest request) {
      var list = new LinkedHashSet<Configuration>();
      for (int i = 0; i < 100; i++) {
        RandomStreams streams = RandomStreams.of(i);
        list.add(
            request.space().sample(name -> streams.stream(RandomStreams.Kind.SIMULATION, 0, name)));
      }
      return new SnappedStrategy(
          new RandomProvider().create(request), request.space(), List.copyOf(list), 1);
    }
  }

  @Override
  protected List<StrategyProvider> providers() {
    return List.of(new OverList());
  }

  private static Configuration at(double x) {
    return LINE.configuration(Map.of("x", x));
  }

  private static Strategy fixed(List<Suggestion> suggestions) {
    return new FixedStrategy(suggestions);
  }

  private static SnappedStrategy random(int passes) {
    var request =
        new StrategyRequest(
            LINE,
            List.of(Objective.minimize("loss")),
            RandomStreams.of(3),
            Settings.none("strategy"));
    return new SnappedStrategy(new RandomProvider().create(request), LINE, TENTHS, passes);
  }

  private static List<Configuration> candidates(List<Suggestion> suggestions) {
    return suggestions.stream().map(each -> ((Suggestion.Evaluate) each).candidate()).toList();
  }

  @Test
  void suggest_anything_takesTheNearestThatIsLeft() {
    var strategy =
        new SnappedStrategy(
            fixed(
                List.of(
                    Suggestion.evaluate(at(0.52)),
                    Suggestion.evaluate(at(0.52)),
                    Suggestion.evaluate(at(0.53)))),
            LINE,
            TENTHS,
            1);

    assertThat(candidates(strategy.suggest(3))).containsExactly(at(0.5), at(0.6), at(0.4));
  }

  @Test
  void suggest_anotherThanWanted_isSaidInTheExplanation() {
    Explanation why = Explanation.of("It promised most.", Map.of("predicted loss", 0.5));
    var strategy =
        new SnappedStrategy(
            fixed(
                List.of(
                    Suggestion.evaluate(at(0.5)).explained(why),
                    Suggestion.evaluate(at(0.52)).explained(why))),
            LINE,
            TENTHS,
            1);

    List<Suggestion> made = strategy.suggest(2);

    assertThat(((Suggestion.Evaluate) made.get(0)).explanation()).isEqualTo(why);
    assertThat(((Suggestion.Evaluate) made.get(1)).explanation())
        .isEqualTo(
            Explanation.of(
                "It promised most. Of the list, the nearest one that was left was taken.",
                why.figures()));
  }

  @Test
  void suggest_untilTheEnd_takesEachOnceAPass() {
    SnappedStrategy strategy = random(3);
    var taken = new ArrayList<Configuration>();
    for (List<Suggestion> next = strategy.suggest(4); !next.isEmpty(); next = strategy.suggest(4)) {
      taken.addAll(candidates(next));
    }

    assertThat(taken).hasSize(30);
    for (int pass = 0; pass < 3; pass++) {
      assertThat(Set.copyOf(taken.subList(pass * 10, pass * 10 + 10)))
          .isEqualTo(Set.copyOf(TENTHS));
    }
  }

  @Test
  void load_inAnyPass_goesOnAsTheOther() {
    for (int before : new int[] {0, 1, 9, 10, 11, 20, 29, 30}) {
      SnappedStrategy first = random(3);
      for (int i = 0; i < before; i++) {
        first.suggest(1);
      }
      SnappedStrategy second = random(3);
      second.load(first.save());

      assertThat(second.suggest(40)).as("after %d", before).isEqualTo(first.suggest(40));
    }
  }

  @Test
  void suggest_trialThatGoesOn_isLeftAlone() {
    var goesOn =
        new Suggestion.Evaluate(
            at(0.5), Fidelity.of("epochs", 9), new WeightSource.Checkpoint(TrialId.of(1)));
    var strategy =
        new SnappedStrategy(fixed(List.of(Suggestion.evaluate(at(0.5)), goesOn)), LINE, TENTHS, 1);

    assertThat(strategy.suggest(2)).containsExactly(Suggestion.evaluate(at(0.5)), goesOn);
  }

  @Test
  void load_stateOfAnotherList_isRefused() {
    var other = new SnappedStrategy(fixed(List.of()), LINE, TENTHS.subList(0, 5), 1);

    assertThatThrownBy(() -> random(1).load(other.save()))
        .hasMessageContaining("a list of 5 candidates, but this one has 10");
  }
}
