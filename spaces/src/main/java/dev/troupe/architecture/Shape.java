package dev.troupe.architecture;

/**
 * The shape of what flows between two layers, for one example: {@code channels x height x width}. A
 * plain vector of n numbers is n x 1 x 1.
 *
 * @param channels at least 1
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 */
public record Shape(int channels, int height, int width) {

  /** Checks the ranges above. */
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "A shape needs sides of at least 1, but was %d x %d x %d. Maybe %d x %d x %d."
              .formatted(
                  channels,
                  height,
                  width,
                  Math.max(1, channels),
                  Math.max(1, height),
                  Math.max(1, width)));
    }
  }

  /** Returns the shape of a picture. */
  public static Shape image(int channels, int height, int width) {
    return new Shape(channels, height, width);
  }

  /** Returns the shape of {@code size} numbers without order. */
  public static Shape vector(int size) {
    return new Shape(size, 1, 1);
  }

  /** Returns whether each channel is one number. */
  public boolean isVector() {
    return height == 1 && width == 1;
  }

  /** Returns how many numbers there are. */
  public long size() {
    return (long) channels * height * width;
  }

  /** Returns how many pixels a channel has. */
  public long area() {
    return (long) height * width;
  }

  /** Returns whether pictures of both shapes cover each other. */
  public boolean hasSidesOf(Shape other) {
    return height == other.height && width == other.width;
  }

  /** Returns the shape with other channels. */
  public Shape withChannels(int newChannels) {
    return new Shape(newChannels, height, width);
  }

  /** Returns the form {@code 3 x 32 x 32}. */
  @Override
  public String toString() {
    return channels + " x " + height + " x " + width;
  }
}
