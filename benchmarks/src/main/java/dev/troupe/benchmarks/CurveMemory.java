package dev.troupe.benchmarks;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers the curves of a surrogate, whose answers depend on nothing but the candidate and how
 * far it is to come: many studies ask for the same ones, and one that resumes trials for their
 * beginnings. Thread safe. Does not close the surrogate.
 */
final class CurveMemory implements SimulatedEstimator {

  private final SimulatedEstimator surrogate;
  private final Map<Configuration, Playback> curves = new ConcurrentHashMap<>();

  CurveMemory(SimulatedEstimator surrogate) {
    this.surrogate = surrogate;
  }

  @Override
  public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) throws Exception {
    double last = last(suggestion.fidelity());
    Playback known = curves.get(suggestion.candidate());
    if (known == null || end(known) < last) {
      known = surrogate.play(suggestion, evaluation);
      curves.put(suggestion.candidate(), known);
    }
    return end(known) <= last ? known : beginning(known, last);
  }

  private double last(Fidelity fidelity) {
    OptionalLong full = surrogate.fullStep();
    if (full.isEmpty()) {
      return 0; // there are no curves
    }
    return Math.floor(
        fidelity.isFull()
            ? full.getAsLong()
            : fidelity.axes().values().stream().mapToDouble(Double::doubleValue).min().orElse(0));
  }

  private static double end(Playback playback) {
    List<Playback.Point> points = playback.points();
    return points.isEmpty() ? 0 : points.get(points.size() - 1).step();
  }

  private static Playback beginning(Playback playback, double last) {
    return Playback.of(
        playback.points().stream().takeWhile(point -> point.step() <= last).toList());
  }

  @Override
  public boolean serves(Class<? extends Suggestion> kind) {
    return surrogate.serves(kind);
  }

  @Override
  public List<FidelityRange> fidelities() {
    return surrogate.fidelities();
  }

  @Override
  public OptionalLong fullStep() {
    return surrogate.fullStep();
  }

  @Override
  public Metrics test(EndedTrial best, Evaluation evaluation) throws Exception {
    return surrogate.test(best, evaluation);
  }
}
