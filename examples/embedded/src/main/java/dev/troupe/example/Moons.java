package dev.troupe.example;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Two interleaved half circles with noise, a classic of small data sets. */
final class Moons {

  static final List<Point> TRAINING = draw(300, new SplittableRandom(1));
  static final List<Point> VALIDATION = draw(300, new SplittableRandom(2));

  private static final double NOISE = 0.15;

  private Moons() {}

  /**
   * A point of the plane.
   *
   * @param upper whether it belongs to the upper moon
   */
  record Point(double x, double y, boolean upper) {}

  private static List<Point> draw(int count, RandomGenerator random) {
    return Stream.generate(() -> point(random)).limit(count).toList();
  }

  private static Point point(RandomGenerator random) {
    boolean upper = random.nextBoolean();
    double angle = Math.PI * random.nextDouble();
    double x = upper ? Math.cos(angle) : 1 - Math.cos(angle);
    double y = upper ? Math.sin(angle) : 0.5 - Math.sin(angle);
    return new Point(x + NOISE * random.nextGaussian(), y + NOISE * random.nextGaussian(), upper);
  }
}
