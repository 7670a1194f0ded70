package dev.troupe.estimator.pruning;

import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import java.util.Arrays;
import java.util.List;

/** The losses by which a pruner compares trials. What is missing or NaN is infinitely bad. */
final class Losses {

  /** Which objectives count, for the providers of pruners that compare. */
  static final Option OPTION =
      new Option(
          "objectives", "all", "all (by non-domination), or first: what trials are ranked by");

  private final List<Objective> objectives;

  /** Counts all of {@code objectives}, at least one. */
  Losses(List<Objective> objectives) {
    this.objectives = List.copyOf(objectives);
  }

  /** Counts what the setting {@link #OPTION} says. */
  static Losses of(PrunerRequest request) {
    Settings settings = request.settings();
    String which = settings.getOneOf(OPTION.key(), OPTION.fallback(), List.of("all", "first"));
    return new Losses(
        which.equals("first") ? request.objectives().subList(0, 1) : request.objectives());
  }

  int count() {
    return objectives.size();
  }

  /** Returns one loss; infinite rather than NaN. */
  double get(int objective, Metrics metrics) {
    double loss = objectives.get(objective).loss(metrics);
    return Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss + 0.0; // -0.0 and 0.0 are one loss
  }

  /** Returns all losses of a measurement. */
  double[] of(Measurement measurement) {
    var losses = new double[count()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = get(i, measurement.metrics());
    }
    return losses;
  }

  /** Returns the least loss of each objective so far; infinite without measurements. */
  double[] best(List<Measurement> measurements) {
    var best = new double[count()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    for (Measurement measurement : measurements) {
      for (int i = 0; i < best.length; i++) {
        best[i] = Math.min(best[i], get(i, measurement.metrics()));
      }
    }
    return best;
  }
}
