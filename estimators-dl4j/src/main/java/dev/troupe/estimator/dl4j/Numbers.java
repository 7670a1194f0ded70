package dev.troupe.estimator.dl4j;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Arrays of numbers as bytes, after their length. */
final class Numbers {

  private Numbers() {}

  static void write(DataOutput out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    writeBytes(out, bytes.array());
  }

  static void write(DataOutput out, int[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    writeBytes(out, bytes.array());
  }

  static void writeBytes(DataOutput out, byte[] values) throws IOException {
    out.writeInt(values.length);
    out.write(values);
  }

  /**
   * Fills an array.
   *
   * @throws IOException if as many were not written
   */
  static void read(DataInput in, float[] values) throws IOException {
    ByteBuffer.wrap(readBytes(in, values.length * Float.BYTES)).asFloatBuffer().get(values);
  }

  /**
   * Fills an array.
   *
   * @throws IOException if as many were not written
   */
  static void read(DataInput in, int[] values) throws IOException {
    ByteBuffer.wrap(readBytes(in, values.length * Integer.BYTES)).asIntBuffer().get(values);
  }

  /**
   * Returns bytes, as many as were written.
   *
   * @throws IOException if there are fewer
   */
  static byte[] readBytes(DataInput in) throws IOException {
    int written = in.readInt();
    if (written < 0) {
      throw new IOException("An array of %d bytes was saved; it is damaged.".formatted(written));
    }
    byte[] bytes = new byte[written];
    in.readFully(bytes);
    return bytes;
  }

  /**
   * Returns bytes.
   *
   * @throws IOException if as many were not written
   */
  static byte[] readBytes(DataInput in, int length) throws IOException {
    int written = in.readInt();
    if (written != length) {
      throw new IOException(
          "An array of %d bytes was saved, where one of %d is needed.".formatted(written, length));
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
