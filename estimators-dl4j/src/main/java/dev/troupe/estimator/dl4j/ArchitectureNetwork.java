package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.estimator.dl4j.data.Task;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A graph of Deeplearning4j that computes what an architecture says, and its numbers under the
 * architecture's names. Used by the thread that made it, and closed there.
 */
final class ArchitectureNetwork implements AutoCloseable {

  private final Architecture architecture;
  private final ComputationGraph graph;
  private final NetworkTensors tensors;

  private ArchitectureNetwork(Architecture architecture, ComputationGraph graph) {
    this.architecture = architecture;
    this.graph = graph;
    tensors = new NetworkTensors(architecture, graph);
  }

  /**
   * Builds a network with initial weights.
   *
   * @param task a classification ends in a softmax, a regression in nothing
   * @param updater how parameters follow gradients
   * @param type {@code FLOAT}, or {@code DOUBLE} for exactness at many times the cost
   * @param seed of what Deeplearning4j draws in training, for dropout; set for the current thread
   * @param random decides the initial weights
   */
  static ArchitectureNetwork of(
      Architecture architecture,
      Task task,
      IUpdater updater,
      DataType type,
      int seed,
      RandomGenerator random) {
    return of(architecture, task, updater, DropPath.never(), type, seed, random);
  }

  /**
   * Builds a network with initial weights, of which paths are left out in training.
   *
   * @param drops which; closed by the caller
   */
  static ArchitectureNetwork of(
      Architecture architecture,
      Task task,
      IUpdater updater,
      DropPath drops,
      DataType type,
      int seed,
      RandomGenerator random) {
    var graph =
        new ComputationGraph(GraphWiring.of(architecture, task, updater, drops, type, seed));
    graph.init();
    var network = new ArchitectureNetwork(architecture, graph);
    InitialWeights.draw(architecture, network.tensors, random);
    return network;
  }

  Architecture architecture() {
    return architecture;
  }

  ComputationGraph graph() {
    return graph;
  }

  NetworkTensors tensors() {
    return tensors;
  }

  /**
   * Returns what the network puts out for examples as it is used, without dropout and with running
   * statistics: a row of numbers for each, those of a classification after the softmax.
   *
   * @param examples channel after channel, row by row
   */
  double[][] outputs(double[][] examples) {
    try (INDArray input = input(examples);
        INDArray output = graph.output(false, input)[0]) {
      return output.toDoubleMatrix();
    }
  }

  /** Returns examples as an array that the graph takes. */
  INDArray input(double[][] examples) {
    var shape = architecture.inputShape();
    INDArray rows = Nd4j.createFromArray(examples).castTo(graph.params().dataType());
    return GraphWiring.isFlat(shape)
        ? rows
        : rows.reshape('c', examples.length, shape.channels(), shape.height(), shape.width());
  }

  @Override
  public void close() {
    graph.close();
  }
}
