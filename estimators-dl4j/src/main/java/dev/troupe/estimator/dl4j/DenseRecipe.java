package dev.troupe.estimator.dl4j;

import dev.troupe.space.Configuration;

/**
 * A multilayer perceptron and its training.
 *
 * @param layers hidden layers, at least 1
 * @param units width of the first hidden layer, at least 1
 * @param taper whether each further hidden layer has half the width of the one before, but at least
 *     1; else all are alike
 * @param activation after each hidden layer
 * @param batchNorm whether the activations' inputs are normalised over the batch
 * @param dropout the probability that an output of a hidden layer is left out in training, in [0,
 *     1)
 * @param batchSize rows of a training step, at least 1
 * @param optimizer how parameters follow gradients
 */
record DenseRecipe(
    int layers,
    int units,
    boolean taper,
    ActivationKind activation,
    boolean batchNorm,
    double dropout,
    int batchSize,
    OptimizerRecipe optimizer) {

  static DenseRecipe of(Configuration values) {
    return new DenseRecipe(
        values.getInt("layers"),
        values.getInt("units"),
        values.getBoolean("taper"),
        ActivationKind.of(values.getString("activation")),
        values.getBoolean("batch-norm"),
        values.getDouble("dropout"),
        values.getInt("batch-size"),
        OptimizerRecipe.of(values));
  }

  /** Returns the recipe with fewer units, as the size says; the training stays. */
  DenseRecipe at(NetworkSize size) {
    return new DenseRecipe(
        layers, size.scaled(units), taper, activation, batchNorm, dropout, batchSize, optimizer);
  }
}
