package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.InputShape;
import dev.troupe.random.StreamGenerator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;

/**
 * Sets a random square of each picture to zero, which is the mean of all pixels, in all channels:
 * cutout (DeVries, Taylor 2017, arXiv:1708.04552). The centre is any pixel, so that part of the
 * square can lie beyond the border.
 */
final class Cutout implements TrainingNoise {

  private final int side;
  private final InputShape shape;
  private final StreamGenerator random;

  /**
   * Makes a cutout.
   *
   * @param side of the square in pixels, at least 1
   * @param shape of the pictures
   * @param random decides where the squares lie
   */
  Cutout(int side, InputShape shape, StreamGenerator random) {
    this.side = side;
    this.shape = shape;
    this.random = random;
  }

  @Override
  public void spoil(FloatBuffer examples, int count) {
    for (int example = 0; example < count; example++) {
      int top = random.nextInt(shape.height()) - side / 2;
      int left = random.nextInt(shape.width()) - side / 2;
      for (int channel = 0; channel < shape.channels(); channel++) {
        erase(examples, (example * shape.channels() + channel) * shape.height(), top, left);
      }
    }
  }

  /** Erases in one channel, {@code rowsBefore} rows after the first number. */
  private void erase(FloatBuffer pixels, int rowsBefore, int top, int left) {
    int bottom = Math.min(shape.height(), top + side);
    int right = Math.min(shape.width(), left + side);
    for (int row = Math.max(0, top); row < bottom; row++) {
      for (int column = Math.max(0, left); column < right; column++) {
        pixels.put((rowsBefore + row) * shape.width() + column, 0);
      }
    }
  }

  @Override
  public void save(DataOutput out) throws IOException {
    Numbers.writeBytes(out, random.save());
  }

  @Override
  public void load(DataInput in) throws IOException {
    random.load(Numbers.readBytes(in, random.save().length));
  }
}
