package dev.troupe.estimator.curve;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;

/**
 * What a curve model is made from.
 *
 * @param streams the study's randomness; use {@link RandomStreams.Kind#PRUNER} with the trial of
 *     the query
 * @param settings its part of the study file
 */
public record CurveModelRequest(RandomStreams streams, Settings settings) {

  /** Requires both. */
  public CurveModelRequest {
    requireNonNull(streams, "streams");
    requireNonNull(settings, "settings");
  }
}
