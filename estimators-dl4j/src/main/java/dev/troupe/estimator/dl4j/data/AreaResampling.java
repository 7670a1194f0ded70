package dev.troupe.estimator.dl4j.data;

/**
 * Makes pictures smaller: each new pixel is the mean of the area that it covers in the old picture,
 * pixels on its border counting by the part that it covers. Where the sides shrink by a whole
 * number that is average pooling. Immutable and thread safe.
 *
 * @param from shape of the pictures
 * @param to shape that they get, with as many channels and no larger sides
 */
record AreaResampling(InputShape from, InputShape to) {

  /** Requires that pictures do not grow. */
  AreaResampling {
    if (to.channels() != from.channels()
        || to.height() > from.height()
        || to.width() > from.width()) {
      throw new IllegalArgumentException(
          "Pictures can only be made smaller, but were to go from %s to %s. Maybe a resolution below 1."
              .formatted(from, to));
    }
  }

  /** Returns the smaller pictures of a part. */
  Part apply(Part part) {
    var targets = new float[part.rows()];
    var features = new float[Math.multiplyExact(part.rows(), to.size())];
    var picture = new float[from.size()];
    for (int row = 0; row < part.rows(); row++) {
      part.read(row, picture, 0);
      targets[row] = part.target(row);
      shrink(picture, features, row * to.size());
    }
    return new Part(to.size(), features, targets);
  }

  private void shrink(float[] picture, float[] result, int offset) {
    int next = offset;
    for (int channel = 0; channel < from.channels(); channel++) {
      for (int row = 0; row < to.height(); row++) {
        for (int column = 0; column < to.width(); column++) {
          result[next] = mean(picture, channel, row, column);
          next++;
        }
      }
    }
  }

  private float mean(float[] picture, int channel, int row, int column) {
    double tall = (double) from.height() / to.height();
    double wide = (double) from.width() / to.width();
    int lastRow = Math.min(from.height(), (int) Math.ceil((row + 1) * tall));
    int lastColumn = Math.min(from.width(), (int) Math.ceil((column + 1) * wide));
    double sum = 0;
    for (int y = (int) (row * tall); y < lastRow; y++) {
      double part = covered(y, row * tall, (row + 1) * tall);
      int start = (channel * from.height() + y) * from.width();
      for (int x = (int) (column * wide); x < lastColumn; x++) {
        sum += part * covered(x, column * wide, (column + 1) * wide) * picture[start + x];
      }
    }
    return (float) (sum / (tall * wide));
  }

  /** Returns which part of the pixel that begins at {@code start} lies in an interval. */
  private static double covered(int start, double from, double to) {
    return Math.max(0, Math.min(start + 1.0, to) - Math.max(start, from));
  }
}
