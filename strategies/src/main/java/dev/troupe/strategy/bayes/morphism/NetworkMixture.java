package dev.troupe.strategy.bayes.morphism;

import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import dev.troupe.strategy.bayes.morphism.NetworkProcess.Prediction;
import java.util.List;

/**
 * Several processes of the same observations, each believed as far as its kernel is probable: what
 * they disagree on is uncertain. Not thread safe.
 */
final class NetworkMixture {

  private final NetworkProcess[] processes;
  private final double[] weights;
  private final double noise;

  /**
   * Returns the processes of a fit.
   *
   * @param points those of the fit
   * @param targets theirs, under the warp of the fit
   */
  NetworkMixture(
      NetworkFit fit, List<NetworkPoint> points, double[] targets, LinearAlgebra algebra) {
    List<NetworkFit.Member> members = fit.members();
    processes = new NetworkProcess[members.size()];
    weights = new double[members.size()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      NetworkFit.Member member = members.get(i);
      processes[i] = new NetworkProcess(member.form(), member.mean(), member.variance(), algebra);
      processes[i].observe(points, targets);
      weights[i] = StrictMath.exp(member.logDensity() - members.get(0).logDensity());
      sum += weights[i];
    }
    double meanNoise = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
      meanNoise += weights[i] * members.get(i).variance() * members.get(i).form().noise();
    }
    noise = Math.sqrt(meanNoise);
  }

  /** Returns the deviation of the noise of targets. */
  double noise() {
    return noise;
  }

  /** Adds an observation whose target is what each expects, or {@code least} if that is larger. */
  void believe(NetworkPoint point, double least) {
    for (NetworkProcess process : processes) {
      process.believe(point, least);
    }
  }

  /** Predicts the target of a network, without noise. */
  Prediction predict(NetworkPoint point) {
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < processes.length; i++) {
      Prediction each = processes[i].predict(point);
      mean += weights[i] * each.mean();
      squares += weights[i] * (each.deviation() * each.deviation() + each.mean() * each.mean());
    }
    return new Prediction(mean, Math.sqrt(Math.max(0, squares - mean * mean)));
  }
}
