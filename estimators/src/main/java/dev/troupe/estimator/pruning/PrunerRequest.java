package dev.troupe.estimator.pruning;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.study.Objective;
import java.util.List;

/**
 * What a pruner is made from.
 *
 * @param objectives what is optimised, at least one
 * @param streams the study's randomness; use {@link RandomStreams.Kind#PRUNER}
 * @param settings its part of the study file
 */
public record PrunerRequest(List<Objective> objectives, RandomStreams streams, Settings settings) {

  /** Requires all. */
  public PrunerRequest {
    requireNonNull(streams, "streams");
    requireNonNull(settings, "settings");
    objectives = List.copyOf(objectives);
  }
}
