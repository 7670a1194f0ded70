package dev.troupe.estimator.dl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaResamplingTest {

  @Test
  void apply_halfTheSides_isAveragePooling() {
    float[] picture = {1, 3, 10, 20, 5, 7, 30, 40};
    Part part = new Part(8, picture, new float[] {4});

    Part smaller = new AreaResampling(new InputShape(1, 2, 4), new InputShape(1, 1, 2)).apply(part);

    var row = new float[2];
    smaller.read(0, row, 0);
    assertThat(row).containsExactly(4, 25);
    assertThat(smaller.target(0)).isEqualTo(4);
  }

  @Test
  void apply_threeToTwo_countsTheSharedPixelByHalf() {
    Part part = new Part(3, new float[] {1, 4, 10}, new float[1]);

    Part smaller = new AreaResampling(new InputShape(1, 1, 3), new InputShape(1, 1, 2)).apply(part);

    var row = new float[2];
    smaller.read(0, row, 0);
    assertThat(row[0]).isCloseTo((1 + 4 / 2f) / 1.5f, within(1e-6f));
    assertThat(row[1]).isCloseTo((10 + 4 / 2f) / 1.5f, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({"8, 8, 5, 3", "28, 28, 9, 9", "7, 5, 7, 2", "12, 10, 1, 1"})
  void apply_anySides_keepsTheMeanOfEachChannel(
      int height, int width, int newHeight, int newWidth) {
    var from = new InputShape(3, height, width);
    var to = new InputShape(3, newHeight, newWidth);
    var random = new Random(1);
    var features = new float[2 * from.size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat();
    }
    Part smaller =
        new AreaResampling(from, to).apply(new Part(from.size(), features, new float[2]));

    var row = new float[to.size()];
    for (int example = 0; example < 2; example++) {
      smaller.read(example, row, 0);
      for (int channel = 0; channel < 3; channel++) {
        int start = example * from.size() + channel * height * width;
        assertThat(mean(row, channel * newHeight * newWidth, newHeight * newWidth))
            .isCloseTo(mean(features, start, height * width), within(1e-5));
      }
    }
  }

  private static double mean(float[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
    }
    return sum / count;
  }

  @Test
  void of_largerSides_isRefused() {
    assertThatThrownBy(() -> new AreaResampling(InputShape.image(2, 2), InputShape.image(3, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can only be made smaller");
  }
}
