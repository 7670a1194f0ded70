package dev.troupe.estimator.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.estimator.curve.CurveModel;
import dev.troupe.estimator.curve.CurvePrediction;
import dev.troupe.estimator.curve.CurveQuery;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Trick;
import dev.troupe.study.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CurvePrunerTest {

  /** An even distribution over an interval around the last value. */
  private record Even(double low, double high) implements CurvePrediction {

    @Override
    public double mean() {
      return (low + high) / 2;
    }

    @Override
    public double standardDeviation() {
      return (high - low) / StrictMath.sqrt(12);
    }

    @Override
    public double quantile(double probability) {
      return low + probability * (high - low);
    }

    @Override
    public double probabilityBelow(double value) {
      return Math.max(0, Math.min(1, (value - low) / (high - low)));
    }
  }

  private final List<CurveQuery> asked = new ArrayList<>();
  private double spread = 0.5;

  private final CurveModel model =
      query -> {
        asked.add(query);
        double last = query.curve().curve().lastValue();
        return new Even(last - spread, last + spread);
      };

  private Pruner pruner(double deviation, OptionalLong end) {
    return new CurvePruner(
        model,
        Objective.minimize("loss"),
        null,
        new CurvePruner.Rule(0.05, deviation),
        new Cadence(2, 1),
        end);
  }

  private static boolean stops(Pruner pruner, ActiveTrial trial, List<EndedTrial> ended) {
    return pruner.judge(trial, ended, List.of()) == Verdict.STOP;
  }

  private static final List<EndedTrial> ENDED =
      List.of(
          Scenes.completed(1, 1, .9, .8, .5),
          Scenes.pruned(2, .1),
          Scenes.completed(3, 1, 1, 1, 1));

  @Test
  void judge_improbableToBecomeBest_stops() {
    Pruner pruner = pruner(0, OptionalLong.empty());
    // The best is .5; it is reached from .9 with a probability of .1, from .99 with one of .01.
    assertThat(stops(pruner, Scenes.active(4, 1, .9), ENDED)).isFalse();
    assertThat(stops(pruner, Scenes.active(4, 1, .99), ENDED)).isTrue();
    assertThat(asked).hasSize(2);
    assertThat(asked.get(0).horizon()).isEqualTo(4);
    assertThat(asked.get(0).trial()).isEqualTo(4);
    assertThat(asked.get(0).finished()).hasSize(2);
    assertThat(asked.get(1).finished().get(0)).isSameAs(asked.get(0).finished().get(0));
    assertThat(pruner.trick()).isEqualTo(Trick.EXTRAPOLATION);
  }

  @Test
  void judge_betterAlready_goesOnUnasked() {
    assertThat(stops(pruner(0, OptionalLong.empty()), Scenes.active(4, .4, 9), ENDED)).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void judge_nothingToCompareWith_goesOnUnasked() {
    Pruner pruner = pruner(0, OptionalLong.of(4));
    assertThat(stops(pruner, Scenes.active(4, 9, 9), List.of(Scenes.pruned(1, 1)))).isFalse();
    assertThat(stops(pruner, Scenes.active(4, 9), ENDED)).as("within the grace").isFalse();
    assertThat(stops(pruner, Scenes.active(4, 9, 9, 9, 9), ENDED)).as("at its end").isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void judge_optimisticRule_stopsWhatIsKnown() {
    spread = 0.001;
    assertThat(stops(pruner(0, OptionalLong.empty()), Scenes.active(4, 1, .5), ENDED)).isFalse();
    assertThat(stops(pruner(.005, OptionalLong.empty()), Scenes.active(4, 1, .5), ENDED)).isTrue();
  }

  @Test
  void judge_byRealModels_stopsTheFlatAndTheDivergedAlone() {
    var ended = new ArrayList<EndedTrial>();
    for (int id = 1; id <= 12; id++) {
      ended.add(Scenes.completed(id, falling(30, .1 + .02 * id)));
    }
    for (String name : List.of("fast", "others")) {
      Pruner pruner = Scenes.pruner("curve", Map.of("model", name));
      assertThat(stops(pruner, Scenes.active(13, falling(8, .9)), ended)).as(name).isTrue();
      assertThat(stops(pruner, Scenes.active(13, falling(8, .1)), ended)).as(name).isFalse();
      assertThat(stops(pruner, Scenes.active(13, 1, 1, Double.NaN, Double.NaN), ended))
          .as(name)
          .isTrue();
    }
  }

  /** Losses that fall from above 1 towards an end. */
  private static double[] falling(int steps, double end) {
    var losses = new double[steps];
    for (int i = 0; i < steps; i++) {
      losses[i] = end + (1.2 - end) * StrictMath.pow(i + 1, -1.5);
    }
    return losses;
  }

  @Test
  void create_unknownModelOrRule_isRefused() {
    assertThatThrownBy(() -> Scenes.pruner("curve", Map.of("model", "fasst")))
        .hasMessageContaining("There is no curve model named 'fasst'. Maybe 'fast'");
    assertThatThrownBy(() -> Scenes.pruner("curve", Map.of("rule", "bold")))
        .hasMessageContaining("pruner.rule must be one of conservative, optimistic");
  }
}
