package dev.troupe.estimator.dl4j.data;

/**
 * The shape of one input: an image as {@code channels x height x width}, row by row, or a plain
 * vector as {@code width x 1 x 1}.
 *
 * @param channels at least 1; the number of features of a vector
 * @param height at least 1
 * @param width at least 1
 */
public record InputShape(int channels, int height, int width) {

  /** Checks the ranges above. */
  public InputShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "An input shape needs sides of at least 1, but was %d x %d x %d."
              .formatted(channels, height, width));
    }
  }

  /** Returns the shape of {@code features} numbers without order. */
  public static InputShape vector(int features) {
    return new InputShape(features, 1, 1);
  }

  /** Returns the shape of a picture with one channel. */
  public static InputShape image(int height, int width) {
    return new InputShape(1, height, width);
  }

  /** Returns whether inputs are pictures, so that neighbouring features belong together. */
  public boolean isImage() {
    return height > 1 || width > 1;
  }

  /** Returns how many numbers one input has. */
  public int size() {
    return Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }
}
