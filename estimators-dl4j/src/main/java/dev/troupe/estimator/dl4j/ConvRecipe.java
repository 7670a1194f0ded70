package dev.troupe.estimator.dl4j;

import dev.troupe.space.Configuration;

/**
 * A small convolutional network and its training.
 *
 * @param layers convolutions, at least 1, each followed by a pooling as long as the picture can be
 *     halved
 * @param filters channels after the first convolution, at least 1; each further one has twice as
 *     many
 * @param kernel side of the convolutions' kernels, at least 1
 * @param denseUnits width of the dense layer before the output, at least 1
 * @param activation after each convolution and the dense layer
 * @param batchNorm whether convolutions are followed by a normalisation over the batch
 * @param dropout the probability that an output of the dense layer is left out in training, in [0,
 *     1)
 * @param batchSize rows of a training step, at least 1
 * @param optimizer how parameters follow gradients
 */
record ConvRecipe(
    int layers,
    int filters,
    int kernel,
    int denseUnits,
    ActivationKind activation,
    boolean batchNorm,
    double dropout,
    int batchSize,
    OptimizerRecipe optimizer) {

  static ConvRecipe of(Configuration values) {
    return new ConvRecipe(
        values.getInt("conv-layers"),
        values.getInt("filters"),
        values.getInt("kernel"),
        values.getInt("dense-units"),
        ActivationKind.of(values.getString("activation")),
        values.getBoolean("batch-norm"),
        values.getDouble("dropout"),
        values.getInt("batch-size"),
        OptimizerRecipe.of(values));
  }

  /** Returns the recipe with fewer filters and units, as the size says; the training stays. */
  ConvRecipe at(NetworkSize size) {
    return new ConvRecipe(
        layers,
        size.scaled(filters),
        kernel,
        size.scaled(denseUnits),
        activation,
        batchNorm,
        dropout,
        batchSize,
        optimizer);
  }
}
