package dev.troupe.estimator.pruning;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import java.util.List;

/**
 * Makes {@code successive-halving} (Jamieson, Talwalkar 2016, arXiv:1502.07943) in a stopping form:
 * of each cohort of trials as many go on from a rung as if it were halved at once. Whoever gets
 * there early cannot know who is still to come: a trial is stopped as soon as it is certain that it
 * is not among the best, and no trial is stopped that halving at once would have kept. That is
 * safer than {@code asha}, and saves less.
 */
public final class HalvingPrunerProvider implements PrunerProvider {

  static final String NAME = "successive-halving";

  private static final int COHORT = 27;
  private static final int MOST_COHORT = 1_000_000;

  /** Called by {@link java.util.ServiceLoader}. */
  public HalvingPrunerProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Cohorts of trials are halved on rungs 1, 3, 9 …; stops nothing that could be kept";
  }

  @Override
  public List<Option> options() {
    return List.of(
        RungSettings.ETA,
        RungSettings.MIN,
        RungSettings.MAX,
        new Option("cohort", Integer.toString(COHORT), "trials that are halved together"),
        Losses.OPTION);
  }

  @Override
  public Pruner create(PrunerRequest request) {
    Providers.requireKnown(this, request.settings());
    Settings settings = request.settings();
    RungSettings rungs = RungSettings.of(request);
    int fallback = Math.max(COHORT, rungs.eta());
    int cohort = settings.getInt("cohort", fallback, rungs.eta(), MOST_COHORT);
    int halvings = Rungs.logarithm(cohort, rungs.eta());
    long[] steps = rungs.steps(rungs.min(), halvings);
    return new RungPruner(
        new HalvingPlan(steps, rungs.eta(), cohort), Losses.of(request), rungs.max());
  }
}
