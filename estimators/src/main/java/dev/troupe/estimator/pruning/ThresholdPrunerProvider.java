package dev.troupe.estimator.pruning;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.study.Objective;
import java.util.List;

/** Makes the {@link ThresholdPruner}, known as {@code threshold}. */
public final class ThresholdPrunerProvider implements PrunerProvider {

  static final String NAME = "threshold";

  private static final String NONE = "none";

  /** Called by {@link java.util.ServiceLoader}. */
  public ThresholdPrunerProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Stops what is out of bounds or has diverged";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("metric", "the first objective's", "one of the objectives' metrics"),
        new Option("lower", NONE, "the least value that goes on"),
        new Option("upper", NONE, "the greatest value that goes on"),
        new Option("worsening", NONE, "how much worse than its own best a trial may become"),
        Cadence.graceOption(0),
        Cadence.intervalOption());
  }

  @Override
  public Pruner create(PrunerRequest request) {
    Providers.requireKnown(this, request.settings());
    Settings settings = request.settings();
    double lower = bound(settings, "lower", Double.NEGATIVE_INFINITY);
    double upper = bound(settings, "upper", Double.POSITIVE_INFINITY);
    if (lower > upper) {
      throw settings.refuse("lower", "must be at most pruner.upper, which is " + upper);
    }
    return new ThresholdPruner(
        objective(request),
        lower,
        upper,
        settings.getDouble("worsening", Double.POSITIVE_INFINITY, 0, Double.MAX_VALUE),
        Cadence.of(settings, 0));
  }

  private static double bound(Settings settings, String key, double none) {
    return settings.getDouble(key, none, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  private static Objective objective(PrunerRequest request) {
    List<String> metrics = request.objectives().stream().map(Objective::metric).toList();
    String metric = request.settings().getOneOf("metric", metrics.get(0), metrics);
    return request.objectives().get(metrics.indexOf(metric));
  }
}
