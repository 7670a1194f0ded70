package dev.troupe.strategy.bayes;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/** Makes {@link GpUcbStrategy}, known as {@code gp-ucb}. */
public final class GpUcbProvider implements StrategyProvider {

  private static final int MOST_HELD = 400;

  /** For the service loader. */
  public GpUcbProvider() {}

  @Override
  public String name() {
    return GpUcbStrategy.NAME;
  }

  @Override
  public String description() {
    return "Bayesian optimisation with a Gaussian process";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("acquisition", "log-ei", "what makes a point worth evaluating: log-ei or ucb"),
        new Option("initial", "auto", "evenly spread suggestions before the first model"),
        new Option(
            "most-observations",
            String.valueOf(MOST_HELD),
            "observations in the model; of more, those around the best"));
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    Settings settings = request.settings();
    int d = request.space().dimensions();
    int fallback = Math.max(4, Math.min(10, d + 1));
    boolean auto = "auto".equals(settings.findString("initial"));
    int initial = auto ? fallback : settings.getInt("initial", fallback, 2, 1000);
    AcquisitionKind kind =
        settings.getOneOf("acquisition", "log-ei", List.of("log-ei", "ucb")).equals("ucb")
            ? AcquisitionKind.UCB
            : AcquisitionKind.LOG_EI;
    return new GpUcbStrategy(
        request.space(),
        request.objectives(),
        request.streams(),
        kind,
        initial,
        settings.getInt("most-observations", MOST_HELD, 10, 5000));
  }
}
