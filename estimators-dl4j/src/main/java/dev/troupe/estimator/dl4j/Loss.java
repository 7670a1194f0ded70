package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.estimator.dl4j.data.Task;

/** What a network's outputs cost: cross-entropy of a classification, squared error otherwise. */
final class Loss {

  private Loss() {}

  /**
   * Replaces the outputs of a batch by the gradient of its mean loss.
   *
   * @param outputs scores before the softmax, or predictions; {@code to - from} rows
   * @return the mean loss
   */
  static double toGradient(
      Task task, float[] outputs, int width, Part part, int[] rows, int from, int to) {
    int count = to - from;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum +=
          task == Task.CLASSIFICATION
              ? crossEntropy(outputs, i * width, width, part.label(rows[from + i]), count)
              : squaredError(outputs, i, part.target(rows[from + i]), count);
    }
    return sum / count;
  }

  private static double crossEntropy(float[] outputs, int offset, int width, int label, int count) {
    float largest = largest(outputs, offset, width);
    double score = (double) outputs[offset + label] - largest;
    double sum = 0;
    for (int c = offset; c < offset + width; c++) {
      double exponential = Math.exp((double) outputs[c] - largest);
      outputs[c] = (float) exponential;
      sum += exponential;
    }
    float factor = (float) (1 / (sum * count));
    for (int c = offset; c < offset + width; c++) {
      outputs[c] *= factor;
    }
    outputs[offset + label] -= 1f / count;
    return Math.log(sum) - score;
  }

  private static double squaredError(float[] outputs, int index, float target, int count) {
    double error = (double) outputs[index] - target;
    outputs[index] = (float) (2 * error / count);
    return error * error;
  }

  /** Replaces {@code rows} rows of scores by the logarithms of their softmax. */
  static void toLogProbabilities(float[] outputs, int width, int rows) {
    for (int offset = 0; offset < rows * width; offset += width) {
      float largest = largest(outputs, offset, width);
      double sum = 0;
      for (int c = offset; c < offset + width; c++) {
        sum += Math.exp((double) outputs[c] - largest);
      }
      float shift = (float) (largest + Math.log(sum));
      for (int c = offset; c < offset + width; c++) {
        outputs[c] -= shift;
      }
    }
  }

  /** NaN if one is among them, so that it is not lost. */
  private static float largest(float[] values, int offset, int width) {
    float largest = values[offset];
    for (int c = offset + 1; c < offset + width; c++) {
      largest = Math.max(largest, values[c]);
    }
    return largest;
  }
}
