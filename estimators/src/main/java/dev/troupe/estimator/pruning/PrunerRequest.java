package dev.troupe.estimator.pruning;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Objective;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a pruner is made from.
 *
 * @param objectives what is optimised, at least one
 * @param streams the study's randomness; use {@link RandomStreams.Kind#PRUNER}
 * @param settings its part of the study file
 * @param fullStep the step at which a full evaluation is done, if the estimator says so
 * @param space where the search looks; null if that is not known
 */
public record PrunerRequest(
    List<Objective> objectives,
    RandomStreams streams,
    Settings settings,
    OptionalLong fullStep,
    @Nullable SearchSpace space) {

  /** Requires all but the space. */
  public PrunerRequest {
    requireNonNull(streams, "streams");
    requireNonNull(settings, "settings");
    requireNonNull(fullStep, "fullStep");
    objectives = List.copyOf(objectives);
  }

  /** A request of which neither the space is known nor how long a full evaluation is. */
  public PrunerRequest(List<Objective> objectives, RandomStreams streams, Settings settings) {
    this(objectives, streams, settings, OptionalLong.empty(), null);
  }

  /** Returns the same with other settings. */
  public PrunerRequest with(Settings others) {
    return new PrunerRequest(objectives, streams, others, fullStep, space);
  }
}
