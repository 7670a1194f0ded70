package dev.troupe.estimator.dl4j;

import dev.troupe.settings.Nearest;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What holds for the tunables of one study: those that the space searches come from each trial's
 * configuration, the others from the estimator's settings or their defaults. Immutable.
 */
final class Tunables {

  private final Map<String, Object> fixed;
  private final Set<String> elsewhere;

  private Tunables(Map<String, Object> fixed, Set<String> elsewhere) {
    this.fixed = fixed;
    this.elsewhere = Set.copyOf(elsewhere);
  }

  /**
   * Reads the settings and checks the space.
   *
   * @param estimator its name for messages
   * @param elsewhere parameters of the space that are no tunables, whatever they are called
   * @throws IllegalArgumentException if a parameter is unknown, searched and fixed at once, or can
   *     have values that make no sense
   */
  static Tunables of(
      String estimator,
      List<Tunable> known,
      SearchSpace space,
      Set<String> elsewhere,
      Settings settings) {
    var byName = new LinkedHashMap<String, Tunable>();
    known.forEach(tunable -> byName.put(tunable.name(), tunable));
    for (Parameter parameter : space.parameters()) {
      if (elsewhere.contains(parameter.name())) {
        continue;
      }
      Tunable tunable = byName.get(parameter.name());
      if (tunable == null) {
        throw new IllegalArgumentException(
            "Parameter '%s' is not known to estimator '%s'. %s"
                .formatted(
                    parameter.name(),
                    estimator,
                    Nearest.hint(parameter.name(), new ArrayList<>(byName.keySet()))));
      }
      tunable.requireSensible(estimator, parameter);
      if (settings.has(parameter.name())) {
        throw new IllegalArgumentException(
            "Parameter '%s' must be either searched or fixed, but is in the space and in %s. Maybe remove it from %s."
                .formatted(parameter.name(), settings.part(), settings.part()));
      }
    }
    var fixed = new LinkedHashMap<String, Object>();
    byName.forEach((name, tunable) -> fixed.put(name, tunable.read(settings)));
    return new Tunables(fixed, elsewhere);
  }

  /**
   * Returns the values for one candidate; a parameter that is not active in it has the value that
   * holds outside the space.
   */
  Configuration complete(Configuration candidate) {
    var values = new LinkedHashMap<>(fixed);
    values.replaceAll(
        (name, value) -> {
          Object chosen = elsewhere.contains(name) ? null : candidate.find(name);
          return chosen == null ? value : chosen;
        });
    return Configuration.of(values);
  }
}
