package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is computed thousands of times for a suggestion leaves nothing to collect. */
class AllocationTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(FloatParameter.linear("y", 0, 1))
          .add(CategoricalParameter.of("z", "a", "b", "c"))
          .build();

  private static final FeatureMap MAP = FeatureMap.of(SPACE);
  private static final int SIZE = 60;
  private static final int REPEATS = 300;

  /** What measuring itself may cost, and a compiler that gives up an optimisation. */
  private static final long FEW_BYTES = 20_000;

  private final CandidateSpace space = new CandidateSpace(SPACE);
  private final Random random = new Random(1);
  private final double[] parameters = KernelPrior.of(MAP).start();
  private final double[][] points = new double[SIZE][];
  private final boolean[][] actives = new boolean[SIZE][];
  private final GaussianProcess process = GaussianProcess.of(MAP, LinearAlgebra.ejml());

  AllocationTest() {
    for (int i = 0; i < SIZE; i++) {
      points[i] = space.sample(random);
      actives[i] = space.active(points[i]);
    }
    fill();
  }

  private void fill() {
    process.reset(parameters);
    for (int i = 0; i < SIZE; i++) {
      process.add(points[i], actives[i], i % 7);
    }
    process.condition();
  }

  /** Returns how many bytes this thread allocates in many calls, after the first ones. */
  private static long bytes(Runnable call) {
    call.run();
    call.run();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    for (int i = 0; i < REPEATS; i++) {
      call.run();
    }
    return threads.getThreadAllocatedBytes(id) - before;
  }

  @Test
  void predict_ofManyPoints_allocatesNothing() {
    var means = new double[SIZE];
    var variances = new double[SIZE];
    assertThat(bytes(() -> process.predict(points, actives, SIZE, means, variances)))
        .isLessThan(FEW_BYTES);
  }

  @Test
  void predict_withSlopes_allocatesNothing() {
    var meanGradient = new double[3];
    var varianceGradient = new double[3];
    var prediction = new double[2];
    assertThat(
            bytes(
                () ->
                    process.predict(
                        points[0], actives[0], meanGradient, varianceGradient, prediction)))
        .isLessThan(FEW_BYTES);
  }

  @Test
  void believe_andTruncate_allocateNothing() {
    assertThat(
            bytes(
                () -> {
                  process.believe(points[3], actives[3]);
                  process.truncate(SIZE);
                }))
        .isLessThan(FEW_BYTES);
  }

  /** But for a copy of the parameters with each reset. */
  @Test
  void add_ofAllAnew_allocatesNothing() {
    assertThat(bytes(this::fill)).isLessThan(FEW_BYTES + REPEATS * 8L * (parameters.length + 4));
  }

  @Test
  void value_ofMarginalLikelihood_allocatesNothing() {
    var likelihood = new MarginalLikelihood(MAP, KernelPrior.of(MAP), LinearAlgebra.ejml());
    FeatureVector features = MAP.vector();
    for (int i = 0; i < SIZE; i++) {
      MAP.map(points[i], actives[i], features);
      likelihood.points().add(features);
    }
    likelihood.setTargets(random.doubles(SIZE, -1, 1).toArray());
    var gradient = new double[parameters.length];
    assertThat(bytes(() -> likelihood.value(parameters, gradient))).isLessThan(FEW_BYTES);
  }

  @Test
  void minimize_ofAnything_allocatesNothing() {
    KernelPrior prior = KernelPrior.of(MAP);
    var minimizer = new BoundedMinimizer(prior.low(), prior.high());
    Differentiable bowl =
        (x, gradient) -> {
          double sum = 0;
          for (int j = 0; j < x.length; j++) {
            gradient[j] = 2 * (x[j] - 1);
            sum += (x[j] - 1) * (x[j] - 1);
          }
          return sum;
        };
    double[] x = parameters.clone();
    assertThat(
            bytes(
                () -> {
                  System.arraycopy(parameters, 0, x, 0, x.length);
                  minimizer.minimize(bowl, x, 20, 1e-6);
                }))
        .isLessThan(FEW_BYTES);
  }
}
