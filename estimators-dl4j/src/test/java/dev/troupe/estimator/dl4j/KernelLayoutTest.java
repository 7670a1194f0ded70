package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Window;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KernelLayoutTest {

  private static final Window DILATED = Window.of(2, 3).withDilation(2);

  private static double[] counting(int size) {
    double[] values = new double[size];
    Arrays.setAll(values, i -> i + 1);
    return values;
  }

  @Test
  void convolution_dilated_spreadsTheTaps() {
    KernelLayout layout = KernelLayout.convolution(1, 2, DILATED);

    assertThat(layout.zeros()).isEqualTo(2 * 9);
    assertThat(layout.toArray(counting(12)))
        .containsExactly(
            1, 0, 2, 0, 3, 0, 0, 0, 0, 0, 4, 0, 5, 0, 6, //
            7, 0, 8, 0, 9, 0, 0, 0, 0, 0, 10, 0, 11, 0, 12);
    assertThat(Arrays.stream(layout.mask()).sum()).isEqualTo(12);
  }

  @Test
  void depthwise_twoChannels_putsChannelsLast() {
    KernelLayout layout = KernelLayout.depthwise(2, Window.of(1, 3));

    assertThat(layout.zeros()).isZero();
    assertThat(layout.toArray(counting(6))).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void toTensor_anyLayout_undoesToArray() {
    double[] tensor = counting(36);

    for (KernelLayout layout :
        new KernelLayout[] {
          KernelLayout.same(36),
          KernelLayout.convolution(3, 2, DILATED),
          KernelLayout.depthwise(6, DILATED)
        }) {
      assertThat(layout.toTensor(layout.toArray(tensor))).containsExactly(tensor);
    }
  }
}
