package dev.troupe.estimator.dl4j;

import java.util.random.RandomGenerator;

/**
 * Where the parameters of a multilayer perceptron lie in one array: first all weights (those that
 * decay), layer by layer, then for each layer its bias, or gain and shift of its batch
 * normalisation. The last layer always has a bias.
 *
 * @param widths inputs, hidden layers, outputs
 * @param batchNorm whether hidden layers are normalised
 */
record DenseLayout(int[] widths, boolean batchNorm) {

  static DenseLayout of(DenseRecipe recipe, int inputs, int outputs) {
    var widths = new int[recipe.layers() + 2];
    java.util.Arrays.fill(widths, recipe.units());
    widths[0] = inputs;
    widths[widths.length - 1] = outputs;
    return new DenseLayout(widths, recipe.batchNorm());
  }

  /** The number of layers with weights. */
  int layers() {
    return widths.length - 1;
  }

  int inputs(int layer) {
    return widths[layer];
  }

  int outputs(int layer) {
    return widths[layer + 1];
  }

  boolean isLast(int layer) {
    return layer == layers() - 1;
  }

  boolean isNormalised(int layer) {
    return batchNorm && !isLast(layer);
  }

  int weightSize(int layer) {
    return Math.multiplyExact(inputs(layer), outputs(layer));
  }

  int weightOffset(int layer) {
    int offset = 0;
    for (int i = 0; i < layer; i++) {
      offset = Math.addExact(offset, weightSize(i));
    }
    return offset;
  }

  /** The number of weights, which come first. */
  int weights() {
    return weightOffset(layers());
  }

  /** Where a layer's bias or gain begins; the shift follows the gain. */
  int vectorOffset(int layer) {
    int offset = weights();
    for (int i = 0; i < layer; i++) {
      offset = Math.addExact(offset, outputs(i) * (isNormalised(i) ? 2 : 1));
    }
    return offset;
  }

  /** The number of all parameters. */
  int size() {
    return vectorOffset(layers());
  }

  /**
   * Returns initial values: normal weights with the variance that the activation asks for, zero
   * biases and shifts, gains of one.
   */
  float[] initial(ActivationKind activation, RandomGenerator random) {
    var values = new float[size()];
    for (int layer = 0; layer < layers(); layer++) {
      double gain = isLast(layer) ? 1 : activation.gain();
      double deviation = Math.sqrt(gain / inputs(layer));
      int offset = weightOffset(layer);
      for (int i = 0; i < weightSize(layer); i++) {
        values[offset + i] = (float) (deviation * random.nextGaussian());
      }
      if (isNormalised(layer)) {
        java.util.Arrays.fill(
            values, vectorOffset(layer), vectorOffset(layer) + outputs(layer), 1f);
      }
    }
    return values;
  }
}
