package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.junit.jupiter.api.Test;

class BorderTest {

  private static final Shape INPUT = Shape.image(2, 8, 9);

  @Test
  void of_oddWindow_addsAsManyZerosOnBothSides() {
    assertThat(Border.of(Window.of(3, 5), INPUT))
        .isEqualTo(new Border(ConvolutionMode.Truncate, 1, 2, INPUT));
  }

  @Test
  void of_evenWindow_leavesOneMoreAtTheEndToTheLayer() {
    assertThat(Border.of(Window.square(2), INPUT))
        .isEqualTo(new Border(ConvolutionMode.Same, 0, 0, INPUT));
  }

  @Test
  void of_windowInside_addsNothing() {
    assertThat(Border.of(Window.square(4).inside(), INPUT))
        .isEqualTo(new Border(ConvolutionMode.Truncate, 0, 0, INPUT));
  }

  @Test
  void of_strideBeyondTheWindow_addsNothing() {
    assertThat(Border.of(Window.square(1).withStride(4), INPUT))
        .isEqualTo(new Border(ConvolutionMode.Truncate, 0, 0, INPUT));
  }

  @Test
  void of_pixelsUnseenOnOneSideAndZerosMissingOnTheOther_cutsThemOff() {
    // Rows 0 and 4 are seen; five windows of two columns need one more.
    assertThat(Border.of(Window.of(1, 2).withStride(4, 2), INPUT))
        .isEqualTo(new Border(ConvolutionMode.Same, 0, 0, Shape.image(2, 5, 9)));
  }
}
