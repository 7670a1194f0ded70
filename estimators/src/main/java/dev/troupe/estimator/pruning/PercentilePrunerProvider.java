package dev.troupe.estimator.pruning;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Makes {@code percentile}, the {@link PercentilePruner} with a share of one's own. */
public final class PercentilePrunerProvider implements PrunerProvider {

  static final String NAME = "percentile";

  private static final double PERCENTILE = 25;
  private static final double WHOLE = 100;

  /** Called by {@link java.util.ServiceLoader}. */
  public PercentilePrunerProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Stops what is not among the best percentile of the others' averages by the same step";
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<Option>();
    options.add(
        new Option("percentile", "25", "from 0 to 100: so many in a hundred may be better"));
    options.addAll(MedianPrunerProvider.COMMON);
    return List.copyOf(options);
  }

  @Override
  public Pruner create(PrunerRequest request) {
    Providers.requireKnown(this, request.settings());
    Settings settings = request.settings();
    double percentile = settings.getDouble("percentile", PERCENTILE, 0, WHOLE);
    return MedianPrunerProvider.pruner(request, percentile / WHOLE);
  }
}
