package dev.troupe.estimator.curve;

import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.List;

/** Provides {@code mcmc}. */
public final class McmcCurveModelProvider implements CurveModelProvider {

  @Override
  public String name() {
    return "mcmc";
  }

  @Override
  public String description() {
    return "each curve alone: a weighted sum of families, sampled; takes seconds";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("families", "11", "how many, those that fit best; 4 take a third of the time"),
        new Option("walkers", "100", "of the ensemble; at least twice its dimensions and two"),
        new Option("steps", "2500", "of each walker"),
        new Option("burn-in", "500", "steps to forget"),
        new Option("thin", "10", "keeps every so manieth step"));
  }

  @Override
  public CurveModel create(CurveModelRequest request) {
    Settings settings = request.settings();
    McmcCurveModel.Effort published = McmcCurveModel.Effort.PUBLISHED;
    int steps = settings.getInt("steps", published.steps(), 1, 1_000_000);
    int burnIn = settings.getInt("burn-in", Math.min(published.burnIn(), steps / 5), 0, steps - 1);
    return new McmcCurveModel(
        request.streams(),
        new McmcCurveModel.Effort(
            settings.getInt("families", published.families(), 1, CurveFamilies.ALL.size()),
            settings.getInt("walkers", published.walkers(), 2, 10_000),
            steps,
            burnIn,
            settings.getInt("thin", published.thin(), 1, 1_000_000)));
  }
}
