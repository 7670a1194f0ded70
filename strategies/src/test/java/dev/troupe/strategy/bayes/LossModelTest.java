package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import dev.troupe.strategy.internal.LossWarp;
import dev.troupe.study.TrialId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossModelTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(FloatParameter.linear("y", 0, 1))
          .add(CategoricalParameter.of("z", "a", "b", "c"))
          .build();

  private static final int MOST_HELD = 25;

  private final CandidateSpace space = new CandidateSpace(SPACE);
  private final Observations observations = new Observations();
  private final Random random = new Random(1);

  private LossModel model(LinearAlgebra algebra) {
    return new LossModel(space, FeatureMap.of(SPACE), algebra, MOST_HELD, LossWarp.STEEPEST);
  }

  private void observe() {
    double[] point = space.sample(random);
    double loss = Math.pow(point[0] - 0.3, 2) + point[1] + (point[2] < 0.5 ? 0 : 1);
    observations.add(TrialId.of(observations.size() + 1), point, new double[] {loss});
  }

  private static byte[] saved(LossModel model) throws IOException {
    var bytes = new ByteArrayOutputStream();
    model.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] saved) {
    return new DataInputStream(new ByteArrayInputStream(saved));
  }

  private double[] predictions(LossModel model) {
    var queries = new Random(5);
    var means = new double[20];
    var variances = new double[20];
    var points = new double[20][];
    var actives = new boolean[20][];
    for (int i = 0; i < points.length; i++) {
      points[i] = space.sample(queries);
      actives[i] = space.active(points[i]);
    }
    model.process().predict(points, actives, points.length, means, variances);
    var all = new double[40];
    System.arraycopy(means, 0, all, 0, 20);
    System.arraycopy(variances, 0, all, 20, 20);
    return all;
  }

  /** The model keeps what it can of what it held; a restored one begins with nothing. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void restore_atAnyTime_goesOnToTheLastDigit(long seed) throws IOException {
    random.setSeed(seed);
    LossModel model = model(LinearAlgebra.ejml());
    for (int i = 1; i <= 70; i++) {
      observe();
      model.learn(observations, observations.losses(0));
      if (i % 6 == 0) {
        LossModel copy = model(LinearAlgebra.ejml());
        copy.restore(copy.read(in(saved(model))));
        copy.learn(observations, observations.losses(0));
        assertThat(predictions(copy)).as("after %d", i).containsExactly(predictions(model));
        assertThat(saved(copy)).isEqualTo(saved(model));
      }
      for (int pending = 0; pending < i % 4; pending++) {
        double[] point = space.sample(random);
        model.process().believe(point, space.active(point));
      }
    }
  }

  @Test
  void read_ofUnknownLinearAlgebra_isRefused() throws IOException {
    LossModel model = model(LinearAlgebra.ejml());
    byte[] state = saved(model);
    state[2] = 'x'; // the first letter of its name
    assertThatThrownBy(() -> model.read(in(state)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'xjml'");
  }
}
