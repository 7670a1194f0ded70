package dev.troupe.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.random.RandomStreams.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  /** One line for each seed and kind: five longs, then five doubles of a second generator. */
  static List<String> lines() {
    var lines = new ArrayList<String>();
    for (long seed : new long[] {42, -1}) {
      for (Kind kind : Kind.values()) {
        RandomStreams streams = RandomStreams.of(seed);
        var line = new StringBuilder("%d %s 7 learning-rate:".formatted(seed, kind));
        RandomGenerator longs = streams.stream(kind, 7, "learning-rate");
        RandomGenerator doubles = streams.stream(kind, 7, "learning-rate");
        for (int i = 0; i < 5; i++) {
          line.append(' ').append(Long.toHexString(longs.nextLong()));
        }
        for (int i = 0; i < 5; i++) {
          line.append(' ').append(doubles.nextDouble());
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  /** Whoever changes a draw breaks the replay of every recorded study. */
  @Test
  void streams_always_giveTheGoldenValues() throws IOException {
    try (InputStream golden =
        Objects.requireNonNull(RandomStreamsTest.class.getResourceAsStream("streams.golden"))) {
      String text = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(lines())
          .containsExactlyElementsOf(text.lines().filter(l -> !l.startsWith("#")).toList());
    }
  }

  /** The documented derivation and the published generator, written out once more. */
  @Test
  void stream_always_isDerivedAsDocumented() {
    Map<Kind, Long> codes =
        Map.of(
            Kind.STRATEGY,
            1L,
            Kind.TRIAL,
            2L,
            Kind.PRUNER,
            3L,
            Kind.SPLIT,
            4L,
            Kind.SIMULATION,
            5L);
    for (long seed : new long[] {0, 1, 42, -7, Long.MIN_VALUE}) {
      for (Kind kind : Kind.values()) {
        for (String name : List.of("", "x", "learning-rate", "größe")) {
          long h = 0;
          long[] inputs = {seed, codes.get(kind), 12, fnv(name)};
          for (long input : inputs) {
            h = splitMix((h ^ input) + GAMMA);
          }
          long s0 = splitMix(h + GAMMA);
          long s1 = splitMix(h + GAMMA + GAMMA);
          RandomGenerator stream = RandomStreams.of(seed).stream(kind, 12, name);
          for (int i = 0; i < 20; i++) {
            long expected = Long.rotateLeft(s0 + s1, 17) + s0;
            s1 ^= s0;
            s0 = Long.rotateLeft(s0, 49) ^ s1 ^ s1 << 21;
            s1 = Long.rotateLeft(s1, 28);
            assertThat(stream.nextLong()).isEqualTo(expected);
          }
        }
      }
    }
  }

  private static long splitMix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static long fnv(String text) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash ^= Byte.toUnsignedLong(b);
      hash *= 0x100000001B3L;
    }
    return hash;
  }

  /**
   * The finalizer as the JDK has it: SplittableRandom(h) gives mix(h + gamma), mix(h + 2 gamma).
   */
  @Test
  void splitMix_ofThisTest_isThatOfTheJdk() {
    long seed = Long.parseLong("99"); // no constant: the sums overflow on purpose
    var jdk = new SplittableRandom(seed);
    assertThat(splitMix(seed + GAMMA)).isEqualTo(jdk.nextLong());
    assertThat(splitMix(seed + GAMMA + GAMMA)).isEqualTo(jdk.nextLong());
  }

  @Test
  void streams_ofDifferentInputs_differ() {
    Set<Long> first = new HashSet<>();
    for (long seed = -2; seed <= 2; seed++) {
      for (Kind kind : Kind.values()) {
        for (long id = 0; id < 20; id++) {
          for (String name : List.of("", "a", "b", "ab", "ba")) {
            long value = RandomStreams.of(seed).stream(kind, id, name).nextLong();
            assertThat(first.add(value)).as("%d %s %d %s", seed, kind, id, name).isTrue();
          }
        }
      }
    }
  }

  /** First draws over ids and names are what a strategy uses: they must look independent. */
  @Test
  void firstDraws_overIds_areUniformAndUncorrelated() {
    RandomStreams streams = RandomStreams.of(3);
    int n = 50_000;
    double mean = 0;
    double product = 0;
    for (int id = 0; id < n; id++) {
      double x = streams.stream(Kind.STRATEGY, id, "x").nextDouble() - 0.5;
      double y = streams.stream(Kind.STRATEGY, id, "y").nextDouble() - 0.5;
      mean += x / n;
      product += x * y / n;
    }
    // Four standard deviations: 1/sqrt(12 n) of the mean, 1/(12 sqrt n) of the product.
    assertThat(mean).isCloseTo(0, within(4 / Math.sqrt(12.0 * n)));
    assertThat(product).isCloseTo(0, within(4 / (12 * Math.sqrt(n))));
  }

  @Test
  void gaussians_always_haveMeanZeroAndDeviationOne() {
    RandomGenerator random = RandomStreams.of(3).stream(Kind.TRIAL, 1, "noise");
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double draw = random.nextGaussian();
      sum += draw;
      squares += draw * draw;
    }
    assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
  }

  @Test
  void foreignSeeds_always_fitEveryLibrary() {
    for (long id = 1; id < 1000; id++) {
      assertThat(RandomStreams.of(id).foreignSeed(Kind.TRIAL, id, "torch")).isNotNegative();
    }
  }
}
