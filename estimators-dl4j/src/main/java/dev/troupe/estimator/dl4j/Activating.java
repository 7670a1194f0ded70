package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Layer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function of each number. Deeplearning4j's own activation layer writes into its input where
 * nothing is trained, which is wrong where other layers read that too.
 */
final class Activating implements Operation {

  private final IActivation function;

  Activating(Layer.Function function) {
    this.function = named(function).getActivationFunction();
  }

  private static Activation named(Layer.Function function) {
    return switch (function) {
      case RELU -> Activation.RELU;
      case LEAKY_RELU -> Activation.LEAKYRELU;
      case ELU -> Activation.ELU;
      case TANH -> Activation.TANH;
      case SIGMOID -> Activation.SIGMOID;
    };
  }

  @Override
  public INDArray forward(INDArray[] inputs, boolean training, LayerWorkspaceMgr memory) {
    INDArray copy = memory.dup(ArrayType.ACTIVATIONS, inputs[0], inputs[0].ordering());
    return function.getActivation(copy, training);
  }

  @Override
  public INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr memory) {
    INDArray copy = memory.dup(ArrayType.ACTIVATION_GRAD, inputs[0], inputs[0].ordering());
    INDArray atInput = function.backprop(copy, gradient).getFirst();
    return new INDArray[] {memory.leverageTo(ArrayType.ACTIVATION_GRAD, atInput)};
  }
}
