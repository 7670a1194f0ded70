package dev.troupe.estimator.pruning;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Verdict;
import java.util.Arrays;
import java.util.List;

/**
 * Stops a trial that has not improved by at least so much for so many steps, whatever the others do
 * (early stopping; Prechelt 1998, doi:10.1007/3-540-49430-8_3). With several objectives an
 * improvement of any counts. NaN is no improvement. Immutable.
 */
final class PatiencePruner implements Pruner {

  private final Losses losses;
  private final long patience;
  private final double improvement;
  private final long grace;

  /**
   * Waits for improvements of {@code losses}.
   *
   * @param patience steps, at least 1
   * @param improvement by how much a loss has to fall, at least 0, to have improved at all
   * @param grace the first step at which a trial may be stopped
   */
  PatiencePruner(Losses losses, long patience, double improvement, long grace) {
    this.losses = losses;
    this.patience = patience;
    this.improvement = improvement;
    this.grace = grace;
  }

  @Override
  public Verdict judge(ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {
    List<Measurement> measurements = trial.measurements();
    long newest = Curves.last(measurements);
    boolean isTired = newest >= grace && newest - lastImprovement(measurements) >= patience;
    return isTired ? Verdict.STOP : Verdict.CONTINUE;
  }

  /** Returns the step of the last improvement; the first measurement counts as one. */
  private long lastImprovement(List<Measurement> measurements) {
    var least = new double[losses.count()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    long step = measurements.get(0).step();
    for (Measurement measurement : measurements) {
      for (int i = 0; i < least.length; i++) {
        double loss = losses.get(i, measurement.metrics());
        if (loss < least[i] && least[i] - loss >= improvement) {
          least[i] = loss;
          step = measurement.step();
        }
      }
    }
    return step;
  }
}
