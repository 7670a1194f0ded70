package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.InputShape;
import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.estimator.dl4j.data.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Native arrays into which batches are copied, one for each number of rows, made once. A row is a
 * vector or a picture.
 */
final class BatchArrays implements AutoCloseable {

  private final InputShape shape;
  private final Task task;
  private final int outputs;
  private final Map<Integer, SharedArray> inputs = new HashMap<>();
  private final Map<Integer, SharedArray> targets = new HashMap<>();

  BatchArrays(PreparedData data) {
    shape = data.shape();
    task = data.task();
    outputs = data.outputs();
  }

  /**
   * Copies those of the rows that are in {@code [from, to)}.
   *
   * @param noise what is done to the copies
   */
  INDArray input(Part part, int[] rows, int from, int to, List<TrainingNoise> noise) {
    SharedArray input = input(to - from);
    for (int i = from; i < to; i++) {
      part.read(rows[i], input.window(), (i - from) * part.width());
    }
    noise.forEach(each -> each.spoil(input.window(), to - from));
    input.flush();
    return input.array();
  }

  /** Copies the rows in {@code [from, to)}. */
  INDArray input(Part part, int from, int to) {
    SharedArray input = input(to - from);
    for (int row = from; row < to; row++) {
      part.read(row, input.window(), (row - from) * part.width());
    }
    input.flush();
    return input.array();
  }

  private SharedArray input(int rows) {
    return inputs.computeIfAbsent(
        rows,
        n ->
            shape.isImage()
                ? new SharedArray(n, shape.channels(), shape.height(), shape.width())
                : new SharedArray(n, shape.channels()));
  }

  /** Copies the targets of rows: a 1 in the place of the class, or a number. */
  INDArray target(Part part, int[] rows, int from, int to) {
    SharedArray target = targets.computeIfAbsent(to - from, n -> new SharedArray(n, outputs));
    var values = new float[(to - from) * outputs];
    for (int i = from; i < to; i++) {
      if (task == Task.CLASSIFICATION) {
        values[(i - from) * outputs + part.label(rows[i])] = 1;
      } else {
        values[i - from] = part.target(rows[i]);
      }
    }
    target.write(values);
    return target.array();
  }

  @Override
  public void close() {
    inputs.values().forEach(SharedArray::close);
    targets.values().forEach(SharedArray::close);
  }
}
