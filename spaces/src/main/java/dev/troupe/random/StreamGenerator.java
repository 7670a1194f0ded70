package dev.troupe.random;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.core.source64.XoRoShiRo128PlusPlus;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.jspecify.annotations.Nullable;

/**
 * A generator of Commons RNG behind the JDK's interface. Every method whose algorithm the JDK may
 * change from one release to the next is delegated, so that the sequence is that of Commons RNG.
 * Its state can be saved: another one that loads it draws what this one would have. Not thread
 * safe.
 */
public final class StreamGenerator implements RandomGenerator {

  private final XoRoShiRo128PlusPlus source;
  private @Nullable SharedStateContinuousSampler gaussian;

  StreamGenerator(long state0, long state1) {
    source = new XoRoShiRo128PlusPlus(state0, state1);
  }

  /** Returns its state. */
  public byte[] save() {
    return ((RandomProviderDefaultState) source.saveState()).getState();
  }

  /**
   * Takes over a state.
   *
   * @throws IllegalArgumentException if {@link #save} did not return it
   */
  public void load(byte[] state) {
    try {
      source.restoreState(new RandomProviderDefaultState(state));
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("This is no state of a generator.", e);
    }
  }

  @Override
  public long nextLong() {
    return source.nextLong();
  }

  @Override
  public long nextLong(long bound) {
    return source.nextLong(bound);
  }

  @Override
  public long nextLong(long origin, long bound) {
    return source.nextLong(origin, bound);
  }

  @Override
  public int nextInt() {
    return source.nextInt();
  }

  @Override
  public int nextInt(int bound) {
    return source.nextInt(bound);
  }

  @Override
  public int nextInt(int origin, int bound) {
    return source.nextInt(origin, bound);
  }

  @Override
  public boolean nextBoolean() {
    return source.nextBoolean();
  }

  @Override
  public double nextDouble() {
    return source.nextDouble();
  }

  @Override
  public double nextDouble(double bound) {
    return source.nextDouble(bound);
  }

  @Override
  public double nextDouble(double origin, double bound) {
    return source.nextDouble(origin, bound);
  }

  @Override
  public float nextFloat() {
    return source.nextFloat();
  }

  @Override
  public float nextFloat(float bound) {
    return source.nextFloat(bound);
  }

  @Override
  public float nextFloat(float origin, float bound) {
    return source.nextFloat(origin, bound);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
  }

  @Override
  public double nextGaussian() {
    if (gaussian == null) {
      gaussian = ZigguratSampler.NormalizedGaussian.of(source);
    }
    return gaussian.sample();
  }

  @Override
  public double nextGaussian(double mean, double standardDeviation) {
    if (!(standardDeviation >= 0)) {
      throw new IllegalArgumentException(
          "A standard deviation is at least 0, but it was %s.".formatted(standardDeviation));
    }
    return mean + standardDeviation * nextGaussian();
  }
}
