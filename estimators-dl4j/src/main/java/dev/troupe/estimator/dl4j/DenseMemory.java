package dev.troupe.estimator.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The native arrays of a multilayer perceptron that outlive a batch: parameters, gradient, and the
 * running statistics of batch normalisation.
 */
final class DenseMemory implements AutoCloseable {

  private final DenseLayout layout;
  private final SharedArray parameters;
  private final SharedArray gradient;
  private final List<SharedArray> means = new ArrayList<>();
  private final List<SharedArray> variances = new ArrayList<>();

  DenseMemory(DenseLayout layout) {
    this.layout = layout;
    parameters = new SharedArray(layout.size());
    gradient = new SharedArray(layout.size());
    for (int layer = 0; layer < layout.layers() && layout.isNormalised(layer); layer++) {
      means.add(new SharedArray(layout.outputs(layer)));
      var variance = new SharedArray(layout.outputs(layer));
      var ones = new float[layout.outputs(layer)];
      Arrays.fill(ones, 1f);
      variance.write(ones);
      variances.add(variance);
    }
  }

  SharedArray parameters() {
    return parameters;
  }

  SharedArray gradient() {
    return gradient;
  }

  SharedArray mean(int layer) {
    return means.get(layer);
  }

  SharedArray variance(int layer) {
    return variances.get(layer);
  }

  /** A layer's weights within {@code of}, shape [inputs, outputs]. */
  INDArray weights(SharedArray of, int layer) {
    int offset = layout.weightOffset(layer);
    return of.array()
        .get(NDArrayIndex.interval(offset, offset + layout.weightSize(layer)))
        .reshape('c', true, layout.inputs(layer), layout.outputs(layer));
  }

  /** A layer's bias, or gain of its normalisation, within {@code of}, shape [outputs]. */
  INDArray vector(SharedArray of, int layer) {
    int offset = layout.vectorOffset(layer);
    return of.array().get(NDArrayIndex.interval(offset, offset + layout.outputs(layer)));
  }

  /** The shift of a layer's normalisation within {@code of}, shape [outputs]. */
  INDArray shift(SharedArray of, int layer) {
    int offset = layout.vectorOffset(layer) + layout.outputs(layer);
    return of.array().get(NDArrayIndex.interval(offset, offset + layout.outputs(layer)));
  }

  /** Returns {@code values} followed by the running statistics. */
  float[] withStatistics(float[] values) {
    int extra = means.stream().mapToInt(mean -> 2 * mean.window().capacity()).sum();
    float[] all = Arrays.copyOf(values, values.length + extra);
    int offset = values.length;
    for (int layer = 0; layer < means.size(); layer++) {
      for (SharedArray array : List.of(means.get(layer), variances.get(layer))) {
        var numbers = new float[layout.outputs(layer)];
        array.read(numbers);
        System.arraycopy(numbers, 0, all, offset, numbers.length);
        offset += numbers.length;
      }
    }
    return all;
  }

  /** Takes over the running statistics that begin at {@code offset} of {@code all}. */
  void restoreStatistics(float[] all, int offset) {
    int next = offset;
    for (int layer = 0; layer < means.size(); layer++) {
      for (SharedArray array : List.of(means.get(layer), variances.get(layer))) {
        int end = next + layout.outputs(layer);
        array.write(Arrays.copyOfRange(all, next, end));
        next = end;
      }
    }
  }

  @Override
  public void close() {
    means.forEach(SharedArray::close);
    variances.forEach(SharedArray::close);
    parameters.close();
    gradient.close();
  }
}
