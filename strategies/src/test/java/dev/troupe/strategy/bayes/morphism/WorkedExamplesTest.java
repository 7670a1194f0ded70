package dev.troupe.strategy.bayes.morphism;

import static dev.troupe.architecture.WorkedExamples.expected;
import static dev.troupe.architecture.WorkedExamples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import dev.troupe.architecture.distance.BourgainEmbedding;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The model and the annealing on examples that were worked out independently. */
class WorkedExamplesTest {

  /** The examples give ten digits. */
  private static final Offset<Double> TEN_DIGITS = within(1e-9);

  private static final double[][] DISTANCES = {
    {0, 1, 2.5, 3}, {1, 0, 1.5, 2}, {2.5, 1.5, 0, 1}, {3, 2, 1, 0}
  };
  private static final List<int[]> SUBSETS =
      List.of(new int[] {0}, new int[] {2}, new int[] {0, 3}, new int[] {1, 2});
  private static final double[] COSTS = {0.40, 0.35, 0.30, 0.33};
  private static final double JITTER = 1e-6;

  @Test
  void bound_networksOfAk8_isAsWorkedOut() {
    Config expected = expected("AK-8");
    var embedding = BourgainEmbedding.of(DISTANCES, SUBSETS);
    var points = new ArrayList<NetworkPoint>();
    for (int i = 0; i < COSTS.length; i++) {
      points.add(NetworkPoint.at(embedding.coordinates(i)));
    }
    double average = (0.40 + 0.35 + 0.30 + 0.33) / 4;
    var process =
        new NetworkProcess(KernelForm.ofCoordinates(1, JITTER), average, 1, LinearAlgebra.ejml());
    process.observe(points, COSTS);
    var point = NetworkPoint.at(embedding.coordinates(new double[] {1.5, 0.5, 1, 1.5}));
    NetworkProcess.Prediction prediction = process.predict(point);
    // The example adds the jitter to the variance of the new network, too.
    double deviation = Math.sqrt(prediction.deviation() * prediction.deviation() + JITTER);
    assertThat(prediction.mean()).isEqualTo(expected.getDouble("mu"), TEN_DIGITS);
    assertThat(deviation).isEqualTo(expected.getDouble("sigma"), TEN_DIGITS);
    assertThat(new NetworkProcess.Prediction(prediction.mean(), deviation).bound(2.576))
        .isEqualTo(expected.getDouble(key("alpha = mu-2.576 sigma")), TEN_DIGITS);
  }

  @Test
  void annealing_ofAk9_isAsWorkedOut() {
    Config expected = expected("AK-9");
    var annealing = new Annealing(0.9, 1e-4);
    assertThat(annealing.acceptance(0.30, 0.35, 0.9))
        .isEqualTo(expected.getDouble(key("accept prob at T=.9")), TEN_DIGITS);
    assertThat(annealing.acceptance(0.30, 0.35, 0.1))
        .isEqualTo(expected.getDouble(key("accept prob at T=.1")), TEN_DIGITS);
    int iterations = 0;
    for (double t = annealing.first(); t > 0; t = annealing.after(t)) {
      iterations++;
    }
    assertThat(iterations).isEqualTo(expected.getInt(key("iterations for T_low=1e-4")));
  }
}
