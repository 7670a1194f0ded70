package dev.troupe.estimator.pruning;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import java.util.List;

/** Makes {@code median}, the median stopping rule: the {@link PercentilePruner} with one half. */
public final class MedianPrunerProvider implements PrunerProvider {

  static final String NAME = "median";

  private static final int GRACE = 1;
  private static final int TRIALS = 5;
  private static final int MOST_TRIALS = 1_000_000;

  /** What {@code percentile} understands, too. */
  static final List<Option> COMMON =
      List.of(
          Cadence.graceOption(GRACE),
          Cadence.intervalOption(),
          new Option(
              "trials", Integer.toString(TRIALS), "without so many others nothing is stopped"),
          RungSettings.MAX,
          Losses.OPTION);

  private static final double HALF = 0.5;

  /** Called by {@link java.util.ServiceLoader}. */
  public MedianPrunerProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Stops what is worse than the median of the others' averages by the same step";
  }

  @Override
  public List<Option> options() {
    return COMMON;
  }

  @Override
  public Pruner create(PrunerRequest request) {
    Providers.requireKnown(this, request.settings());
    return pruner(request, HALF);
  }

  static Pruner pruner(PrunerRequest request, double share) {
    Settings settings = request.settings();
    return new PercentilePruner(
        Losses.of(request),
        share,
        settings.getInt("trials", TRIALS, 1, MOST_TRIALS),
        Cadence.of(settings, GRACE),
        RungSettings.end(request));
  }
}
