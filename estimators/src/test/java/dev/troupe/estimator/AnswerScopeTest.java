package dev.troupe.estimator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Objective;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerScopeTest {

  private static final CategoricalParameter KIND = CategoricalParameter.of("kind", "a", "b", "c");
  private static final FloatParameter RATE = FloatParameter.log("rate", 1e-3, 1);
  private static final IntParameter UNITS = IntParameter.linear("units", 1, 64);
  private static final Condition[] WHEN_A_OR_B = {Condition.oneOf("kind", "a", "b")};
  private static final AnswerScope SCOPE =
      new AnswerScope("test", space(KIND, RATE, UNITS, WHEN_A_OR_B), List.of("loss", "accuracy"));

  @Test
  void require_sameSpace_isFine() {
    assertThatCode(() -> require(SCOPE.space())).doesNotThrowAnyException();
  }

  @Test
  void require_narrowerSpaces_areFine() {
    var someKinds = CategoricalParameter.of("kind", "a", "c");
    var someRates = CategoricalParameter.of("rate", 0.01, 1);
    var someUnits = CategoricalParameter.ordered("units", 8, 16);

    assertThatCode(
            () -> {
              require(space(KIND, FloatParameter.linear("rate", 0.1, 0.2), UNITS, WHEN_A_OR_B));
              require(space(KIND, someRates, someUnits, WHEN_A_OR_B));
              require(space(KIND, RATE, UNITS));
              require(space(KIND, FloatParameter.log("rate", 1e-3 - 1e-16, 1 + 1e-15), UNITS));
              require(space(someKinds, RATE, UNITS, Condition.oneOf("kind", "a")));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void require_unknownOrMissingParameter_isRefused() {
    SearchSpace more =
        SearchSpace.builder()
            .add(KIND)
            .add(RATE)
            .add(UNITS)
            .add(FloatParameter.linear("rat", 0, 1))
            .build();
    SearchSpace less = SearchSpace.builder().add(KIND).add(UNITS).build();

    assertThatThrownBy(() -> require(more)).hasMessageContainingAll("'rat'", "Maybe 'rate'");
    assertThatThrownBy(() -> require(less))
        .hasMessageContainingAll("'test' needs the parameter 'rate'", "Maybe space = infer");
  }

  @Test
  void require_otherValues_areRefused() {
    for (Parameter wrong :
        List.of(
            IntParameter.linear("units", 0, 64),
            FloatParameter.linear("units", 1, 64),
            new BooleanParameter("units"),
            CategoricalParameter.of("units", 8, 65))) {
      assertThatThrownBy(() -> require(space(KIND, RATE, wrong)))
          .as("%s", wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("'units'", "from 1 to 64");
    }
    assertThatThrownBy(() -> require(space(KIND, FloatParameter.log("rate", 9e-4, 1), UNITS)))
        .hasMessageContaining("'rate'");
    assertThatThrownBy(() -> require(space(CategoricalParameter.of("kind", "z"), RATE, UNITS)))
        .hasMessageContaining("'kind'");
  }

  @Test
  void require_conditionThatHidesANeededValue_isRefused() {
    assertThatThrownBy(() -> require(space(KIND, RATE, UNITS, Condition.oneOf("kind", "a"))))
        .hasMessageContainingAll("'units'", "condition on 'kind'", "when");
  }

  @Test
  void require_unknownMetric_isRefused() {
    assertThatThrownBy(() -> SCOPE.require(request(SCOPE.space(), "acuracy")))
        .hasMessageContainingAll("'acuracy'", "'test'", "Maybe 'accuracy'");
  }

  private static SearchSpace space(
      Parameter kind, Parameter rate, Parameter units, Condition... c) {
    return SearchSpace.builder().add(kind).add(rate).add(units, c).build();
  }

  private static void require(SearchSpace asked) {
    SCOPE.require(request(asked, "loss"));
  }

  private static EstimatorRequest request(SearchSpace asked, String metric) {
    return new EstimatorRequest(
        asked,
        List.of(Objective.minimize(metric)),
        RandomStreams.of(1),
        Settings.none("estimator"),
        Path.of(""));
  }
}
