package dev.troupe.estimator.dl4j;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of its inputs, or their mean. */
final class Summing implements Operation {

  private final boolean mean;

  private Summing(boolean mean) {
    this.mean = mean;
  }

  static Summing sum() {
    return new Summing(false);
  }

  static Summing mean() {
    return new Summing(true);
  }

  @Override
  public INDArray forward(INDArray[] inputs, boolean training, LayerWorkspaceMgr memory) {
    INDArray sum = memory.dup(ArrayType.ACTIVATIONS, inputs[0], 'c');
    for (int i = 1; i < inputs.length; i++) {
      sum.addi(inputs[i]);
    }
    return mean ? sum.divi(inputs.length) : sum;
  }

  @Override
  public INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr memory) {
    var atInputs = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      // One for each: gradients of a layer that is read several times are added up in place.
      atInputs[i] = memory.dup(ArrayType.ACTIVATION_GRAD, gradient, 'c');
      if (mean) {
        atInputs[i].divi(inputs.length);
      }
    }
    return atInputs;
  }
}
