package dev.troupe.actor;

import dev.troupe.estimator.weights.CheckpointKey;

/**
 * Where an attempt may go on.
 *
 * @param key what was saved there
 * @param seconds how long the trial had run by its last measurement up to there
 */
public record Resumption(CheckpointKey key, double seconds) {}
