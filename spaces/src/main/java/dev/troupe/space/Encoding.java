package dev.troupe.space;

/**
 * A configuration as a point of the unit cube, one coordinate for each parameter of the space in
 * order. The arrays are the holder's own.
 *
 * @param point shape [d], each in [0, 1]; 0.5 where the parameter is not active
 * @param active shape [d], whether the parameter has a value
 */
@SuppressWarnings("ArrayRecordComponent") // read in the inner loops of surrogates
public record Encoding(double[] point, boolean[] active) {}
