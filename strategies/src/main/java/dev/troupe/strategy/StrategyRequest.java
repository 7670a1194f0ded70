package dev.troupe.strategy;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Objective;
import java.util.List;

/**
 * What a strategy is made from.
 *
 * @param space where it searches
 * @param objectives what is optimised, at least one, the first being the main one
 * @param streams the study's randomness; use {@link RandomStreams.Kind#STRATEGY}
 * @param settings its part of the study file
 * @param plan what the study is given
 * @param fidelities what the estimator can spend less of, by axis, the main one first; none where
 *     that is not known
 */
public record StrategyRequest(
    SearchSpace space,
    List<Objective> objectives,
    RandomStreams streams,
    Settings settings,
    StudyPlan plan,
    List<FidelityRange> fidelities) {

  /** Requires all, and an objective. */
  public StrategyRequest {
    requireNonNull(space, "space");
    requireNonNull(streams, "streams");
    requireNonNull(settings, "settings");
    requireNonNull(plan, "plan");
    objectives = List.copyOf(objectives);
    fidelities = List.copyOf(fidelities);
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException(
          "A strategy needs an objective, but there was none. Maybe set study.metric.");
    }
  }

  /** A study whose estimator is not known. */
  public StrategyRequest(
      SearchSpace space,
      List<Objective> objectives,
      RandomStreams streams,
      Settings settings,
      StudyPlan plan) {
    this(space, objectives, streams, settings, plan, List.of());
  }

  /** A study of which nothing is known. */
  public StrategyRequest(
      SearchSpace space, List<Objective> objectives, RandomStreams streams, Settings settings) {
    this(space, objectives, streams, settings, StudyPlan.open());
  }

  /** Returns a copy with other settings. */
  public StrategyRequest withSettings(Settings others) {
    return new StrategyRequest(space, objectives, streams, others, plan, fidelities);
  }
}
