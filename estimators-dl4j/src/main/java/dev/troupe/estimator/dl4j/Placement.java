package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Shape;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Copies a rectangle of each channel to a place in a picture of zeros: shifts, borders and pictures
 * of nothing but zeros are cases of it.
 *
 * @param fromRow first row that is copied
 * @param fromColumn first column that is copied
 * @param toRow where the first row comes to lie
 * @param toColumn where the first column comes to lie
 * @param rows how many are copied; possibly none
 * @param columns how many are copied; possibly none
 * @param result shape of the output
 */
record Placement(
    int fromRow, int fromColumn, int toRow, int toColumn, int rows, int columns, Shape result)
    implements Operation {

  /** Returns what moves pictures up and to the left. */
  static Placement shift(Shape shape, int rows, int columns) {
    return new Placement(
        rows, columns, 0, 0, shape.height() - rows, shape.width() - columns, shape);
  }

  /** Returns what puts zeros around pictures. */
  static Placement pad(Shape shape, int above, int left, Shape result) {
    return new Placement(0, 0, above, left, shape.height(), shape.width(), result);
  }

  /** Returns what cuts off the last rows and columns. */
  static Placement crop(Shape result) {
    return new Placement(0, 0, 0, 0, result.height(), result.width(), result);
  }

  /** Returns what puts out zeros. */
  static Placement nothing(Shape result) {
    return new Placement(0, 0, 0, 0, 0, 0, result);
  }

  @Override
  public INDArray forward(INDArray[] inputs, boolean training, LayerWorkspaceMgr memory) {
    INDArray input = inputs[0];
    INDArray output =
        memory.create(
            ArrayType.ACTIVATIONS,
            input.dataType(),
            new long[] {input.size(0), result.channels(), result.height(), result.width()},
            'c');
    copy(input, fromRow, fromColumn, output, toRow, toColumn);
    return output;
  }

  @Override
  public INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr memory) {
    INDArray atInput =
        memory.create(ArrayType.ACTIVATION_GRAD, gradient.dataType(), inputs[0].shape(), 'c');
    copy(gradient, toRow, toColumn, atInput, fromRow, fromColumn);
    return new INDArray[] {atInput};
  }

  private void copy(
      INDArray source, int sourceRow, int sourceColumn, INDArray target, int row, int column) {
    if (rows > 0 && columns > 0) {
      target.get(rectangle(row, column)).assign(source.get(rectangle(sourceRow, sourceColumn)));
    }
  }

  private INDArrayIndex[] rectangle(int row, int column) {
    return new INDArrayIndex[] {
      NDArrayIndex.all(),
      NDArrayIndex.all(),
      NDArrayIndex.interval(row, row + rows),
      NDArrayIndex.interval(column, column + columns)
    };
  }
}
