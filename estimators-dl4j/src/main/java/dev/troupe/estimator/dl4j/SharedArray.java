package dev.troupe.estimator.dl4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A native array of floats, row by row, with a window through which Java code reads and writes it.
 * On a CPU the window is the array's own memory; on a GPU it is a copy that {@link #flush} and
 * {@link #fetch} keep up.
 */
final class SharedArray implements AutoCloseable {

  private final INDArray array;
  private final FloatBuffer window;
  private final boolean direct;

  /** Allocates an array of zeros. */
  SharedArray(long... shape) {
    array = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', shape);
    array.assign(0);
    direct = Nd4j.getEnvironment().isCPU();
    window =
        direct ? array.data().asNioFloat() : FloatBuffer.allocate(Math.toIntExact(array.length()));
  }

  INDArray array() {
    return array;
  }

  /** Returns the window; what is put into it counts after {@link #flush}. */
  FloatBuffer window() {
    return window;
  }

  /** Makes the native code see what was put into the window. */
  void flush() {
    if (!direct) {
      array.assign(Nd4j.createFromArray(window.array()).reshape(array.shape()));
    }
  }

  /** Makes the window show what the native code computed. */
  void fetch() {
    if (!direct) {
      window.put(0, array.data().asFloat());
    }
  }

  /** Copies {@code values} into the array. */
  void write(float[] values) {
    window.put(0, values, 0, values.length);
    flush();
  }

  /** Copies the first elements of the array. */
  void read(float[] values) {
    fetch();
    window.get(0, values, 0, values.length);
  }

  @Override
  public void close() {
    array.close();
  }
}
