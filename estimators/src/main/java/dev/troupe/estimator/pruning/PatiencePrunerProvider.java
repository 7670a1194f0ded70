package dev.troupe.estimator.pruning;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import java.util.List;

/** Makes the {@link PatiencePruner}, known as {@code patience}. */
public final class PatiencePrunerProvider implements PrunerProvider {

  static final String NAME = "patience";

  private static final int STEPS = 10;

  /** Called by {@link java.util.ServiceLoader}. */
  public PatiencePrunerProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Stops what has not improved for some steps";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("steps", Integer.toString(STEPS), "for how many steps it may not improve"),
        new Option("improvement", "0", "by how much the metric has to change to have improved"),
        Cadence.graceOption(0),
        Losses.OPTION);
  }

  @Override
  public Pruner create(PrunerRequest request) {
    Providers.requireKnown(this, request.settings());
    Settings settings = request.settings();
    return new PatiencePruner(
        Losses.of(request),
        settings.getLong("steps", STEPS, 1, Rungs.MOST_STEPS),
        settings.getDouble("improvement", 0, 0, Double.MAX_VALUE),
        settings.getLong("grace", 0, 0, Rungs.MOST_STEPS));
  }
}
