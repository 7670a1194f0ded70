package dev.troupe.random;

import java.nio.charset.StandardCharsets;

/**
 * All randomness of one study. Each stream is a pure function of (seed, kind, id, name), so that
 * neither timing nor threads nor the order of finishing changes a draw, and a new parameter changes
 * no draw of the others.
 *
 * <p>The four inputs are absorbed one after the other by {@code h = mix((h ^ v) +
 * 0x9E3779B97F4A7C15)}, starting from {@code h = 0}; {@code mix} is the finalizer of SplitMix64
 * (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195) and a name counts as the 64-bit FNV-1a
 * hash of its UTF-8 bytes. The next two outputs of SplitMix64 from {@code h} are the state of a
 * XoRoShiRo128++ generator (Blackman, Vigna 2021, doi:10.1145/3460772). Thread safe; the streams
 * are not.
 */
public final class RandomStreams {

  /** What a stream is for; the codes are stored nowhere but decide every draw, so they stay. */
  public enum Kind {
    /** A strategy's draws; the id counts its suggestions from 1. */
    STRATEGY(1),
    /** What a trial draws while it is estimated; the id is the trial's number. */
    TRIAL(2),
    /** A pruner's draws; the id is the trial's number. */
    PRUNER(3),
    /** The split of a data set into parts; the id is 0. */
    SPLIT(4),
    /** Virtual time: failures, stragglers; the id is the trial's number. */
    SIMULATION(5);

    private final long code;

    Kind(long code) {
      this.code = code;
    }
  }

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final long seed;

  private RandomStreams(long seed) {
    this.seed = seed;
  }

  /** Returns the streams of a study with this seed; any value will do. */
  public static RandomStreams of(long seed) {
    return new RandomStreams(seed);
  }

  /** Returns the seed of the study. */
  public long seed() {
    return seed;
  }

  /** Returns a new generator at the start of the stream; see the class comment. */
  public StreamGenerator stream(Kind kind, long id, String name) {
    long state = state(kind, id, name);
    long next = state + GOLDEN_GAMMA;
    return new StreamGenerator(mix(next), mix(next + GOLDEN_GAMMA));
  }

  /**
   * Returns a seed for a generator that is not ours (a training library's, a program's): at least 0
   * and below 2^31, which every library accepts.
   */
  public int foreignSeed(Kind kind, long id, String name) {
    return (int) (state(kind, id, name) >>> 33);
  }

  private long state(Kind kind, long id, String name) {
    return absorb(absorb(absorb(absorb(0, seed), kind.code), id), fnv1a(name));
  }

  private static long absorb(long state, long value) {
    return mix((state ^ value) + GOLDEN_GAMMA);
  }

  private static long mix(long z) {
    long x = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }

  private static long fnv1a(String text) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
