package dev.troupe.estimator.pruning;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import java.util.List;

/**
 * Makes {@code asha}, the stopping form of asynchronous successive halving (Li, Jamieson and others
 * 2020, arXiv:1810.05934; in this form in Determined and Ray Tune): on each rung a trial goes on if
 * it is among the best of {@code eta} of those that are there so far, itself included; the first
 * ones always. It never pauses a trial, so no checkpoint is needed; the promoting form, a strategy,
 * lets those go on later that come to be among the best.
 */
public final class AshaPrunerProvider implements PrunerProvider {

  static final String NAME = "asha";

  private static final int MOST_BRACKET = 40;

  /** Called by {@link java.util.ServiceLoader}. */
  public AshaPrunerProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "On rungs 1, 3, 9 … the best third of those there so far goes on (successive halving)";
  }

  @Override
  public List<Option> options() {
    return List.of(
        RungSettings.ETA,
        RungSettings.MIN,
        RungSettings.MAX,
        new Option("bracket", "0", "how many of the first rungs are left out"),
        Losses.OPTION);
  }

  @Override
  public Pruner create(PrunerRequest request) {
    Providers.requireKnown(this, request.settings());
    RungSettings rungs = RungSettings.of(request);
    int bracket = request.settings().getInt("bracket", 0, 0, MOST_BRACKET);
    long[] all = rungs.steps(rungs.min(), Integer.MAX_VALUE);
    if (bracket >= all.length) {
      throw request
          .settings()
          .refuse("bracket", "must leave a rung of the %d that there are".formatted(all.length));
    }
    long[] steps = rungs.steps(all[bracket], Integer.MAX_VALUE);
    return new RungPruner(new AshaPlan(steps, rungs.eta()), Losses.of(request), rungs.max());
  }
}
