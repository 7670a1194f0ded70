package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.estimator.dl4j.data.InputShape;
import dev.troupe.random.RandomStreams;
import dev.troupe.random.StreamGenerator;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CutoutTest {

  private static final InputShape SHAPE = new InputShape(2, 5, 7);

  private static StreamGenerator random() {
    return RandomStreams.of(3).stream(RandomStreams.Kind.TRIAL, 1, "cutout");
  }

  private static float[] spoilt(Cutout cutout, int count) {
    var pixels = new float[count * SHAPE.size()];
    Arrays.fill(pixels, 1);
    cutout.spoil(FloatBuffer.wrap(pixels), count);
    return pixels;
  }

  @Test
  void spoil_manyPictures_erasesARectangleInAllChannels() {
    float[] pixels = spoilt(new Cutout(3, SHAPE, random()), 200);

    int wholeSquares = 0;
    for (int picture = 0; picture < 200; picture++) {
      int erased = 0;
      for (int i = 0; i < 35; i++) {
        int first = picture * 70 + i;
        assertThat(pixels[first]).isEqualTo(pixels[first + 35]);
        erased += pixels[first] == 0 ? 1 : 0;
      }
      // Clipped at the border: two or three rows by two or three columns.
      assertThat(erased).isIn(4, 6, 9);
      wholeSquares += erased == 9 ? 1 : 0;
    }
    // 3 of 5 rows and 5 of 7 columns are no border: 3/7 of 200 pictures, within five deviations.
    assertThat(wholeSquares).isBetween(51, 120);
  }

  @Test
  void spoil_squareLargerThanThePicture_erasesAll() {
    assertThat(spoilt(new Cutout(20, SHAPE, random()), 3)).containsOnly(0);
  }

  @Test
  void load_savedState_drawsTheSameSquares() throws Exception {
    var cutout = new Cutout(3, SHAPE, random());
    spoilt(cutout, 5);
    var other = new Cutout(3, SHAPE, random());
    Saved.copy(cutout, other);

    assertThat(spoilt(other, 9)).isEqualTo(spoilt(cutout, 9));
  }
}
