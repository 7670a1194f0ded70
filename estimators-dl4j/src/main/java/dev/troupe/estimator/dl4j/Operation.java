package dev.troupe.estimator.dl4j;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a vertex of a graph computes that is no layer of Deeplearning4j. Owned by one network, on
 * one thread. Arrays that it is given belong to others and are never written to.
 */
interface Operation {

  /**
   * Computes the output.
   *
   * @param memory where the output is allocated, as activations
   */
  INDArray forward(INDArray[] inputs, boolean training, LayerWorkspaceMgr memory);

  /**
   * Computes the gradient at each input, right after a forward pass in training.
   *
   * @param gradient at the output
   * @param memory where the results are allocated, as gradients of activations
   */
  INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr memory);

  /** Returns how many numbers it trains; none by default. */
  default int parameters() {
    return 0;
  }

  /**
   * Takes over the memory of its parameters; called before everything else if it has some.
   *
   * @param values {@code [1, parameters]}
   */
  default void bindParameters(INDArray values) {
    throw new IllegalStateException("This operation has no parameters to bind.");
  }

  /**
   * Takes over where its backward pass writes the gradient of its parameters.
   *
   * @param gradients {@code [1, parameters]}
   */
  default void bindGradients(INDArray gradients) {
    throw new IllegalStateException("This operation has no gradients to bind.");
  }
}
