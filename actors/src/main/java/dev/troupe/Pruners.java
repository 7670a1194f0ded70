package dev.troupe;

import dev.troupe.estimator.pruning.Pruner;
import dev.troupe.estimator.pruning.PrunerProvider;
import dev.troupe.estimator.pruning.PrunerRequest;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import java.util.Map;
import java.util.function.Function;

/** The pruners that a study can have; without one every trial runs to its end. */
public final class Pruners {

  private Pruners() {}

  /**
   * Returns a pruner by the name and the settings that a study file would use.
   *
   * @param name one that {@code troupe list pruners} shows
   * @param settings by key, as in the {@code pruner} block
   * @throws IllegalArgumentException if there is no such pruner or setting
   */
  public static PrunerChoice named(String name, Map<String, ?> settings) {
    return named(name, Settings.of("pruner", settings));
  }

  static PrunerChoice named(String name, Settings settings) {
    PrunerProvider provider = Providers.find(PrunerProvider.class, "pruner", name);
    Providers.requireKnown(provider, settings);
    return new PrunerChoice(name, request -> provider.create(request.with(settings)));
  }

  /**
   * Returns asynchronous successive halving in its stopping form: on the steps 1, {@code eta}, …
   * the best of {@code eta} of those there so far goes on.
   *
   * @param eta at least 2
   */
  public static PrunerChoice asha(int eta) {
    return named("asha", Map.of("eta", eta));
  }

  /** Returns the median stopping rule. */
  public static PrunerChoice median() {
    return named("median", Map.of());
  }

  /**
   * Returns one that stops what has not improved for some steps.
   *
   * @param steps at least 1
   */
  public static PrunerChoice patience(long steps) {
    return named("patience", Map.of("steps", steps));
  }

  /** Returns a pruner of the user's own. */
  public static PrunerChoice of(String name, Function<PrunerRequest, Pruner> factory) {
    return new PrunerChoice(name, factory);
  }
}
