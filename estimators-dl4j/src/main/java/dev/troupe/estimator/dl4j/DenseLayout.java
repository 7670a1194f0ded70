package dev.troupe.estimator.dl4j;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Where the parameters of a multilayer perceptron lie in one array: first all weights (those that
 * decay), layer by layer, then for each layer its bias, or gain and shift of its batch
 * normalisation. The last layer always has a bias.
 *
 * @param features numbers that go in
 * @param hidden hidden layers
 * @param units width of the first of them
 * @param taper whether each further one has half the width of the one before, else all are alike
 * @param outputs numbers that come out
 * @param batchNorm whether hidden layers are normalised
 */
record DenseLayout(
    int features, int hidden, int units, boolean taper, int outputs, boolean batchNorm) {

  static DenseLayout of(DenseRecipe recipe, int features, int outputs) {
    return new DenseLayout(
        features, recipe.layers(), recipe.units(), recipe.taper(), outputs, recipe.batchNorm());
  }

  /** The number of layers with weights: the hidden ones and the last. */
  int layers() {
    return hidden + 1;
  }

  int inputs(int layer) {
    return layer == 0 ? features : width(layer - 1);
  }

  int outputs(int layer) {
    return isLast(layer) ? outputs : width(layer);
  }

  private int width(int layer) {
    return taper ? Math.max(1, units >> layer) : units;
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
        Arrays.fill(values, vectorOffset(layer), vectorOffset(layer) + outputs(layer), 1f);
      }
    }
    return values;
  }
}
