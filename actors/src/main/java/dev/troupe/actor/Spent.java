package dev.troupe.actor;

import java.time.Instant;

/**
 * What a study has spent by some moment, as far as its record tells.
 *
 * @param seconds for how long it has run, on the clock that its record shows
 * @param placeSeconds the same times the number of trials that could be in flight
 * @param deviceSeconds for how long devices were held
 * @param gpuSeconds for how long GPUs among them were
 * @param last the last moment on record
 * @param parallelism how many trials can be in flight
 */
public record Spent(
    double seconds,
    double placeSeconds,
    double deviceSeconds,
    double gpuSeconds,
    Instant last,
    int parallelism) {}
