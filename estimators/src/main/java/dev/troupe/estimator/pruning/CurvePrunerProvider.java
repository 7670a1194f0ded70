package dev.troupe.estimator.pruning;

import dev.troupe.estimator.curve.CurveModel;
import dev.troupe.estimator.curve.CurveModelProvider;
import dev.troupe.estimator.curve.CurveModelRequest;
import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import java.util.List;

/** Makes the {@link CurvePruner}, known as {@code curve}. */
public final class CurvePrunerProvider implements PrunerProvider {

  static final String NAME = "curve";

  private static final String MODEL = "others";
  private static final int GRACE = 4;
  private static final double PROBABILITY = 0.05;
  private static final double DEVIATION = 0.005;

  /** Called by {@link java.util.ServiceLoader}. */
  public CurvePrunerProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Stops what will not become the best, as its curve is extrapolated";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("model", MODEL, "the curve model that is asked"),
        new Option("rule", "conservative", "conservative, or optimistic: stops what is known, too"),
        new Option("probability", "0.05", "of becoming the best, below which a trial is stopped"),
        new Option("deviation", "0.005", "of the metric, below which an end is known (optimistic)"),
        Cadence.graceOption(GRACE),
        Cadence.intervalOption(),
        RungSettings.MAX);
  }

  @Override
  public Pruner create(PrunerRequest request) {
    Providers.requireKnown(this, request.settings());
    Settings settings = request.settings();
    String rule = settings.getOneOf("rule", "conservative", List.of("conservative", "optimistic"));
    double deviation = settings.getDouble("deviation", DEVIATION, 0, Double.MAX_VALUE);
    return new CurvePruner(
        model(request),
        request.objectives().get(0),
        request.space(),
        new CurvePruner.Rule(
            settings.getDouble("probability", PROBABILITY, 0, 1),
            rule.equals("optimistic") ? deviation : 0),
        Cadence.of(settings, GRACE),
        RungSettings.end(request));
  }

  private static CurveModel model(PrunerRequest request) {
    String name = request.settings().getString("model", MODEL);
    return Providers.find(CurveModelProvider.class, "curve model", name)
        .create(new CurveModelRequest(request.streams(), Settings.none("pruner.model")));
  }
}
