package dev.troupe.strategy.bayes.morphism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import dev.troupe.strategy.internal.LossWarp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class NetworkFitTest {

  private static List<NetworkPoint> line(int size, double... companions) {
    var points = new ArrayList<NetworkPoint>();
    for (int i = 0; i < size; i++) {
      points.add(new NetworkPoint(new double[] {10.0 * i / size}, new double[0], companions));
    }
    return points;
  }

  private static NetworkFit.Member best(NetworkFit fit) {
    return fit.members().get(0);
  }

  private static KernelForm form(List<NetworkPoint> points, double... losses) {
    return best(fit(points, losses)).form();
  }

  private static NetworkFit fit(List<NetworkPoint> points, double... losses) {
    return new NetworkFit(points, losses, LinearAlgebra.ejml());
  }

  private static double[] values(List<NetworkPoint> points, DoubleUnaryOperator function) {
    return points.stream().mapToDouble(p -> function.applyAsDouble(p.coordinates()[0])).toArray();
  }

  @Test
  void form_ofSmoothLosses_hasFarReachAndLittleNoise() {
    List<NetworkPoint> points = line(30);
    KernelForm smooth = form(points, values(points, x -> Math.sin(x / 2)));
    KernelForm rough = form(points, values(points, x -> Math.sin(4 * x)));
    assertThat(smooth.rate()).isLessThan(rough.rate());
    assertThat(smooth.noise()).isLessThanOrEqualTo(1e-3);
  }

  @Test
  void form_ofNoise_isNoise() {
    var random = new Random(4);
    List<NetworkPoint> points = line(40);
    double[] noise = values(points, x -> random.nextGaussian());
    assertThat(form(points, noise).noise()).isGreaterThanOrEqualTo(0.1);
  }

  @Test
  void warp_ofLossesThatSpanDecades_isALogarithm() {
    List<NetworkPoint> points = line(30);
    assertThat(fit(points, values(points, x -> Math.pow(10, x - 5))).warp().decades())
        .isGreaterThan(LossWarp.EVEN);
    assertThat(fit(points, values(points, x -> Math.sin(x / 2))).warp().decades())
        .isEqualTo(LossWarp.EVEN);
  }

  @Test
  void fit_ofFewOrEqualOrHugeLosses_isFinite() {
    for (double[] losses :
        List.of(
            new double[] {3},
            new double[] {7, 7, 7},
            new double[] {-1e300, 1e300, 0, 1, Double.MAX_VALUE, 2, 3},
            new double[] {1e-300, 2e-300})) {
      NetworkFit fit = fit(line(losses.length), losses);
      assertThat(fit.members())
          .isNotEmpty()
          .allSatisfy(
              member -> {
                assertThat(member.mean()).isFinite();
                assertThat(member.variance()).isPositive().isFinite();
                assertThat(member.form().rate()).isPositive().isFinite();
              });
    }
  }

  @Test
  void fit_ofOneNetworkManyTimes_isFinite() {
    var points = new ArrayList<NetworkPoint>();
    for (int i = 0; i < 10; i++) {
      points.add(NetworkPoint.at(1, 2));
    }
    double[] losses = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    NetworkFit.Member best = best(fit(points, losses));
    assertThat(best.form().noise()).isGreaterThanOrEqualTo(0.1);
    assertThat(best.variance()).isPositive().isFinite();
  }

  @Test
  void form_whereOtherParametersDecide_dependsOnThem() {
    var random = new Random(5);
    var points = new ArrayList<NetworkPoint>();
    for (int i = 0; i < 40; i++) {
      points.add(
          new NetworkPoint(
              new double[] {random.nextDouble()},
              new double[0],
              new double[] {random.nextDouble(), 1}));
    }
    double[] losses = points.stream().mapToDouble(p -> Math.sin(6 * p.companions()[0])).toArray();
    KernelForm form = form(points, losses);
    assertThat(form.companionRate()).isGreaterThanOrEqualTo(2);
    double[] other = points.stream().mapToDouble(p -> p.coordinates()[0]).toArray();
    assertThat(form(points, other).companionRate()).isLessThan(form.companionRate());
    assertThat(form(line(3), 1, 2, 3).companionRate()).isZero();
  }

  @Test
  void form_whereTraitsDecide_dependsOnThem() {
    var random = new Random(6);
    var points = new ArrayList<NetworkPoint>();
    for (int i = 0; i < 40; i++) {
      points.add(
          new NetworkPoint(
              new double[] {random.nextDouble(), random.nextDouble()},
              new double[] {random.nextGaussian()},
              new double[0]));
    }
    double[] byTrait = points.stream().mapToDouble(p -> -p.traits()[0]).toArray();
    assertThat(form(points, byTrait).share()).isPositive();
    assertThat(form(line(9), 1, 3, 2, 4, 2, 6, 5, 7, 9).share()).isZero();
  }

  @Test
  void mean_always_liesWithinTheTargets() {
    List<NetworkPoint> points = line(20);
    double[] losses = values(points, x -> 5 + Math.cos(x));
    NetworkFit fit = fit(points, losses);
    double[] targets = fit.warp().targets(losses);
    Arrays.sort(targets);
    assertThat(best(fit).mean()).isBetween(targets[0], targets[19]);
  }

  @Test
  void members_always_areTheMostProbableOnes() {
    List<NetworkPoint> points = line(8);
    NetworkFit fit = fit(points, values(points, x -> Math.sin(x)));
    assertThat(fit.members())
        .hasSizeBetween(2, 8)
        .isSortedAccordingTo((a, b) -> Double.compare(b.logDensity(), a.logDensity()));
    assertThat(fit.members().get(fit.members().size() - 1).logDensity())
        .isGreaterThanOrEqualTo(best(fit).logDensity() + Math.log(0.01));
  }

  @Test
  void predict_byAMixture_isLessSureThanTheBestOfIt() {
    List<NetworkPoint> points = line(8);
    NetworkFit fit = fit(points, values(points, x -> Math.sin(x)));
    double[] targets = fit.warp().targets(values(points, x -> Math.sin(x)));
    var mixture = new NetworkMixture(fit, points, targets, LinearAlgebra.ejml());
    NetworkFit.Member best = best(fit);
    var alone = new NetworkProcess(best.form(), best.mean(), best.variance(), LinearAlgebra.ejml());
    alone.observe(points, targets);
    double ours = 0;
    double its = 0;
    for (double x = -2; x < 12; x += 0.5) {
      ours += mixture.predict(NetworkPoint.at(x)).deviation();
      its += alone.predict(NetworkPoint.at(x)).deviation();
      assertThat(mixture.predict(NetworkPoint.at(x)).mean()).isFinite();
    }
    assertThat(ours).isGreaterThan(its);
    double before = mixture.predict(NetworkPoint.at(11)).deviation();
    mixture.believe(NetworkPoint.at(11), Double.NEGATIVE_INFINITY);
    assertThat(mixture.predict(NetworkPoint.at(11)).deviation()).isLessThan(before);
    assertThat(mixture.noise()).isPositive();
  }
}
