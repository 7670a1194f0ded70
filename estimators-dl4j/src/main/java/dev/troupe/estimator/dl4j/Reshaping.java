package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Shape;
import java.util.Arrays;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies its input, with the sides of each example changed; channel after channel, row by row. */
final class Reshaping implements Operation {

  private final long[] sides;

  private Reshaping(long... sides) {
    this.sides = sides;
  }

  /** Returns the operation that makes pictures, {@code [rows, channels, height, width]}. */
  static Reshaping toPicture(Shape shape) {
    return new Reshaping(shape.channels(), shape.height(), shape.width());
  }

  /** Returns the operation that makes vectors, {@code [rows, numbers]}. */
  static Reshaping toVector(Shape shape) {
    return new Reshaping(shape.size());
  }

  @Override
  public INDArray forward(INDArray[] inputs, boolean training, LayerWorkspaceMgr memory) {
    long[] shape = new long[sides.length + 1];
    shape[0] = inputs[0].size(0);
    System.arraycopy(sides, 0, shape, 1, sides.length);
    return reshaped(inputs[0], shape, ArrayType.ACTIVATIONS, memory);
  }

  @Override
  public INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr memory) {
    return new INDArray[] {
      reshaped(gradient, inputs[0].shape(), ArrayType.ACTIVATION_GRAD, memory)
    };
  }

  private static INDArray reshaped(
      INDArray array, long[] shape, ArrayType type, LayerWorkspaceMgr memory) {
    INDArray copy = memory.dup(type, array, 'c');
    return Arrays.equals(copy.shape(), shape) ? copy : copy.reshape('c', shape);
  }
}
