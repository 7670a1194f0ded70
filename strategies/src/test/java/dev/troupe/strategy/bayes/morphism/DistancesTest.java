package dev.troupe.strategy.bayes.morphism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.distance.EditDistance;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistancesTest {

  private static List<Network> networks(int count) {
    SearchSpace morphs =
        ArchitectureSpaces.named("morphs", new NetworkTask(Shape.image(1, 8, 8), 10), Map.of())
            .searchSpace();
    var space = new NetworkSpace(morphs, "test");
    var random = new Random(1);
    var networks = new ArrayList<Network>();
    for (int i = 0; i < count; i++) {
      networks.add(space.network(morphs.sample(random), 0));
    }
    return networks;
  }

  private static double[][] expected(List<Network> networks) {
    return EditDistance.standard().matrix(networks.stream().map(Network::outline).toList());
  }

  @Test
  void matrix_ofGrowingAndOtherLists_isThatOfAllPairs() {
    List<Network> all = networks(12);
    var distances = new Distances();
    for (List<Network> held :
        List.of(all.subList(0, 3), all.subList(0, 8), all.subList(2, 12), all.subList(2, 4))) {
      distances.hold(held);
      assertThat(distances.matrix()).isDeepEqualTo(expected(held));
      double[] row = distances.to(all.get(5));
      for (int i = 0; i < row.length; i++) {
        assertThat(row[i])
            .isEqualTo(
                EditDistance.standard().between(all.get(5).outline(), held.get(i).outline()));
      }
    }
  }
}
