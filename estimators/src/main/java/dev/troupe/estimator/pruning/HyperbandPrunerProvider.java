package dev.troupe.estimator.pruning;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Makes {@code hyperband} (Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar 2018, arXiv:1603.06560)
 * in a stopping form: brackets that begin to stop at different steps, in case early steps mislead,
 * the last of which stops nothing. A trial's number says in which it is, by Hyperband's shares;
 * within a bracket trials are judged as by {@code asha}, which is safer and dearer than that on
 * curves whose beginnings tell their ends.
 */
public final class HyperbandPrunerProvider implements PrunerProvider {

  static final String NAME = "hyperband";

  private static final Option ROUNDING =
      new Option("rounding", "ceil", "ceil (as in the paper) or floor (as in HpBandSter)");

  /** Called by {@link java.util.ServiceLoader}. */
  public HyperbandPrunerProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Several brackets of asha, which begin to stop at different steps";
  }

  @Override
  public List<Option> options() {
    return List.of(RungSettings.ETA, RungSettings.MIN, RungSettings.MAX, ROUNDING, Losses.OPTION);
  }

  @Override
  public Pruner create(PrunerRequest request) {
    Providers.requireKnown(this, request.settings());
    Settings settings = request.settings();
    RungSettings rungs = RungSettings.of(request);
    OptionalLong max = rungs.max();
    if (max.isEmpty()) {
      throw new IllegalArgumentException(
          "pruner.max must be set: 'hyperband' needs to know at which step a full evaluation is done, and the estimator does not say. Maybe add max = 81, or use asha.");
    }
    String rounding =
        settings.getOneOf(ROUNDING.key(), ROUNDING.fallback(), List.of("ceil", "floor"));
    HyperbandTable table =
        HyperbandTable.of(
            rungs.min(),
            max.getAsLong(),
            rungs.eta(),
            HyperbandTable.Rounding.valueOf(rounding.toUpperCase(Locale.ROOT)));
    if (table.candidates() > BracketPlan.MOST_CANDIDATES) {
      throw new IllegalArgumentException(
          "pruner.min must be large enough for a sweep of at most %d trials, but %d makes one of %d. Maybe min = %d."
              .formatted(
                  BracketPlan.MOST_CANDIDATES,
                  rungs.min(),
                  table.candidates(),
                  Math.max(2, max.getAsLong() / Rungs.power(rungs.eta(), 4))));
    }
    return new RungPruner(new BracketPlan(table, rungs.eta()), Losses.of(request), max);
  }
}
