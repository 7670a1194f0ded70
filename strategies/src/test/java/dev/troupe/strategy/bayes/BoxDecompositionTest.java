package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxDecompositionTest {

  private static List<double[]> randomVectors(int objectives, int count, Random random) {
    List<double[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] vector = random.doubles(objectives).toArray();
      // Rounded, so that some are equal in an objective.
      vectors.add(Arrays.stream(vector).map(v -> Math.round(10 * v) / 10.0).toArray());
    }
    return vectors;
  }

  private static double[] reference(int objectives) {
    var reference = new double[objectives];
    Arrays.fill(reference, 0.85);
    return reference;
  }

  private static boolean isInside(double[] at, Box box) {
    for (int m = 0; m < at.length; m++) {
      if (!(at[m] > box.low()[m] && at[m] < box.high()[m])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isImprovement(double[] at, List<double[]> front, double[] reference) {
    for (int m = 0; m < at.length; m++) {
      if (at[m] >= reference[m]) {
        return false;
      }
    }
    for (double[] vector : front) {
      boolean dominates = true;
      for (int m = 0; m < at.length; m++) {
        dominates &= vector[m] <= at[m];
      }
      if (dominates) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 0", "2, 1", "2, 30", "3, 0", "3, 1", "3, 30", "4, 1", "4, 20"})
  void of_anyVectors_coversEachImprovementOnce(int objectives, int count) {
    var random = new Random(objectives + 10L * count);
    double[] reference = reference(objectives);
    List<double[]> front = randomVectors(objectives, count, random);
    List<Box> boxes = BoxDecomposition.of(front, reference);
    for (int i = 0; i < 2000; i++) {
      double[] at = random.doubles(objectives, -0.2, 1.1).toArray();
      long inside = boxes.stream().filter(box -> isInside(at, box)).count();
      assertThat(inside).isEqualTo(isImprovement(at, front, reference) ? 1 : 0);
    }
  }

  @Test
  void of_front_hasFewBoxes() {
    assertThat(boxesOfFront(2, 50)).isEqualTo(51);
    assertThat(boxesOfFront(3, 30)).isLessThanOrEqualTo(2 * 30 + 1);
    assertThat(boxesOfFront(4, 15)).isLessThan(200);
  }

  private static int boxesOfFront(int objectives, int count) {
    var random = new Random(objectives);
    List<double[]> front = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] vector = random.doubles(objectives).toArray();
      double sum = Arrays.stream(vector).sum();
      front.add(Arrays.stream(vector).map(v -> v / sum).toArray());
    }
    var reference = new double[objectives];
    Arrays.fill(reference, 1);
    return BoxDecomposition.of(front, reference).size();
  }

  @Test
  void of_staircase_givesStripes() {
    List<double[]> front = List.of(new double[] {1, 3}, new double[] {2, 2}, new double[] {3, 1});
    List<Box> boxes = BoxDecomposition.of(front, new double[] {4, 4});
    double area = 0;
    for (Box box : boxes) {
      area +=
          (box.high()[0] - Math.max(0, box.low()[0])) * (box.high()[1] - Math.max(0, box.low()[1]));
    }
    assertThat(boxes).hasSize(4);
    assertThat(area).isEqualTo(16 - 6, within(1e-12)); // 6 are dominated
  }
}
