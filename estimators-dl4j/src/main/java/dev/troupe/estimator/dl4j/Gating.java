package dev.troupe.estimator.dl4j;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of its inputs, each times the sigmoid of a trained number. */
final class Gating implements Operation {

  private final int inputs;
  private @Nullable INDArray weights;
  private @Nullable INDArray gradients;

  Gating(int inputs) {
    this.inputs = inputs;
  }

  @Override
  public int parameters() {
    return inputs;
  }

  @Override
  public void bindParameters(INDArray values) {
    weights = values;
  }

  @Override
  public void bindGradients(INDArray view) {
    gradients = view;
  }

  private double gate(int input) {
    return weights == null ? 0.5 : 1 / (1 + Math.exp(-weights.getDouble(input)));
  }

  @Override
  public INDArray forward(INDArray[] values, boolean training, LayerWorkspaceMgr memory) {
    INDArray sum = memory.dup(ArrayType.ACTIVATIONS, values[0], 'c').muli(gate(0));
    for (int i = 1; i < values.length; i++) {
      sum.addi(memory.dup(ArrayType.FF_WORKING_MEM, values[i], 'c').muli(gate(i)));
    }
    return sum;
  }

  @Override
  public INDArray[] backward(INDArray[] values, INDArray gradient, LayerWorkspaceMgr memory) {
    var atInputs = new INDArray[values.length];
    for (int i = 0; i < values.length; i++) {
      double gate = gate(i);
      if (gradients != null) {
        INDArray product = memory.dup(ArrayType.BP_WORKING_MEM, values[i], 'c').muli(gradient);
        gradients.putScalar(i, gate * (1 - gate) * product.sumNumber().doubleValue());
      }
      atInputs[i] = memory.dup(ArrayType.ACTIVATION_GRAD, gradient, 'c').muli(gate);
    }
    return atInputs;
  }
}
