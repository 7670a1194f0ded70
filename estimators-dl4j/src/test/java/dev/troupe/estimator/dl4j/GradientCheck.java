package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Tensor;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares a network's gradients with differences of its loss, in double precision. */
final class GradientCheck {

  private static final double STEP = 1e-6;
  private static final int PROBES = 2;

  private GradientCheck() {}

  /**
   * Requires that steps of plain gradient descent go along the slope of the loss.
   *
   * @param network with plain descent at a learning rate of 1, in double precision, without dropout
   */
  static void require(
      ArchitectureNetwork network, INDArray input, INDArray target, RandomGenerator random) {
    ComputationGraph graph = network.graph();
    NetworkTensors tensors = network.tensors();
    INDArray before = graph.params().dup();
    graph.fit(new INDArray[] {input}, new INDArray[] {target});
    INDArray after = graph.params().dup();
    for (var node : network.architecture().nodes()) {
      for (Tensor tensor : tensors.tensors(node.name())) {
        if (!tensor.trainable()) {
          continue;
        }
        graph.setParams(after.dup());
        double[] moved = tensors.read(node.name(), tensor.name());
        graph.setParams(before.dup());
        double[] start = tensors.read(node.name(), tensor.name());
        for (int probe = 0; probe < PROBES; probe++) {
          int index = random.nextInt(start.length);
          double slope = slope(network, input, target, node.name(), tensor.name(), index);
          assertThat(start[index] - moved[index])
              .as("%s of %s in\n%s", tensor.name(), node, network.architecture())
              .isCloseTo(slope, Offset.offset(1e-6 + 1e-4 * Math.abs(slope)));
        }
      }
    }
  }

  private static double slope(
      ArchitectureNetwork network,
      INDArray input,
      INDArray target,
      String node,
      String tensor,
      int index) {
    return (loss(network, input, target, node, tensor, index, STEP)
            - loss(network, input, target, node, tensor, index, -STEP))
        / (2 * STEP);
  }

  private static double loss(
      ArchitectureNetwork network,
      INDArray input,
      INDArray target,
      String node,
      String tensor,
      int index,
      double step) {
    double[] values = network.tensors().read(node, tensor);
    double kept = values[index];
    values[index] = kept + step;
    network.tensors().write(node, tensor, values);
    INDArray statistics = network.graph().params().dup();
    double loss = network.graph().score(new org.nd4j.linalg.dataset.DataSet(input, target), true);
    network.graph().setParams(statistics);
    values[index] = kept;
    network.tensors().write(node, tensor, values);
    return loss;
  }
}
