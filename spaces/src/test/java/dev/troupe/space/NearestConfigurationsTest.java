package dev.troupe.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestConfigurationsTest {

  private static final SearchSpace MIXED =
      SearchSpace.builder()
          .add(CategoricalParameter.of("optimizer", "adam", "sgd", "rmsprop"))
          .add(FloatParameter.log("rate", 1e-4, 1))
          .add(FloatParameter.linear("momentum", 0, 1), Condition.oneOf("optimizer", "sgd"))
          .build();

  private static Configuration mixed(String optimizer, double rate) {
    return MIXED.configuration(
        optimizer.equals("sgd")
            ? Map.of("optimizer", optimizer, "rate", rate, "momentum", 0.5)
            : Map.of("optimizer", optimizer, "rate", rate));
  }

  @Test
  void nearest_unorderedCategories_areEquallyFarFromEachOther() {
    var index =
        new NearestConfigurations(MIXED, List.of(mixed("rmsprop", 1e-2), mixed("adam", 1e-3)));

    assertThat(index.nearest(mixed("adam", 1e-2))).isEqualTo(1);
    assertThat(index.nearest(mixed("rmsprop", 1e-3))).isZero();
    assertThat(index.nearest(mixed("sgd", 2e-2))).isZero();
    assertThat(index.nearest(mixed("sgd", 5e-4))).isEqualTo(1);
  }

  @Test
  void nearest_amongEquals_isTheFirst() {
    var index = new NearestConfigurations(MIXED, List.of(mixed("adam", 1e-1), mixed("adam", 1e-3)));

    assertThat(index.nearest(mixed("adam", 1e-2))).isZero();
  }

  @Test
  void nearest_ofThoseAdmitted_orNone() {
    var index = new NearestConfigurations(MIXED, List.of(mixed("adam", 1e-1), mixed("adam", 1e-3)));

    assertThat(index.nearest(mixed("adam", 1e-1), number -> number == 1)).isEqualTo(1);
    assertThat(index.nearest(mixed("adam", 1e-1), number -> false)).isEqualTo(-1);
    assertThat(index.find(mixed("adam", 1e-3))).isEqualTo(1);
    assertThat(index.find(mixed("adam", 1e-2))).isEqualTo(-1);
  }

  @Test
  void nearest_inRandomSpaces_isAsByTheDefinition() {
    for (int seed = 1; seed <= 50; seed++) {
      SearchSpace space = RandomSpaces.of(seed);
      var random = new Random(seed);
      var list = new ArrayList<Configuration>();
      for (int i = 0; i < 20; i++) {
        list.add(space.sample(random));
      }
      Configuration wanted = space.sample(random);
      int expected = 0;
      for (int i = 1; i < list.size(); i++) {
        if (distance(space, wanted, list.get(i)) < distance(space, wanted, list.get(expected))) {
          expected = i;
        }
      }

      assertThat(new NearestConfigurations(space, list).nearest(wanted))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  private static double distance(SearchSpace space, Configuration a, Configuration b) {
    double sum = 0;
    for (int d = 0; d < space.dimensions(); d++) {
      Parameter parameter = space.parameters().get(d);
      boolean inA = a.names().contains(parameter.name());
      boolean inB = b.names().contains(parameter.name());
      if (inA != inB) {
        sum += 1;
      } else if (inA && parameter instanceof CategoricalParameter p && !p.ordered()) {
        sum += a.get(parameter.name()).equals(b.get(parameter.name())) ? 0 : 1;
      } else if (inA) {
        sum += Math.pow(space.encode(a).point()[d] - space.encode(b).point()[d], 2);
      }
    }
    return sum;
  }

  @Test
  void index_ofNothing_isRefused() {
    assertThatThrownBy(() -> new NearestConfigurations(MIXED, List.of()))
        .hasMessageContaining("the list is empty");
  }
}
