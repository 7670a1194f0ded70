package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Shape;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.CountNonZero;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How often a network of Deeplearning4j multiplies a weight, counted from its own arrays: each
 * weight that is not zero once at every place of its layer's output, each gate once for every
 * number that it lets through. What the architecture says is not looked at.
 */
final class MultiplyAddAudit {

  private static final String WEIGHTS = "W";

  private MultiplyAddAudit() {}

  /** Counts what one example costs in a network with its initial weights, none of which is zero. */
  static long of(ArchitectureNetwork network) {
    ComputationGraph graph = network.graph();
    Shape input = network.architecture().inputShape();
    INDArray example = network.input(new double[][] {new double[(int) input.size()]});
    Map<String, INDArray> outputs = graph.feedForward(example, false);
    long sum = 0;
    for (GraphVertex vertex : graph.getVertices()) {
      INDArray weights = vertex.paramTable(false).get(WEIGHTS);
      if (weights != null) {
        INDArray output = outputs.get(vertex.getVertexName());
        sum +=
            vertex.hasLayer() ? places(output) * used(weights) : output.length() * gates(weights);
      }
    }
    return sum;
  }

  /** Pictures lie as example, channel, row, column. */
  private static long places(INDArray output) {
    return output.rank() == 4 ? output.size(2) * output.size(3) : 1;
  }

  private static long used(INDArray weights) {
    return Nd4j.getExecutioner().exec(new CountNonZero(weights)).getLong(0);
  }

  private static long gates(INDArray weights) {
    return weights.length();
  }

  /** Requires that the count is what the architecture says, and returns it. */
  static long requireAgreement(ArchitectureNetwork network) {
    Architecture architecture = network.architecture();
    long counted = of(network);
    assertThat(counted).as("%s", architecture).isEqualTo(architecture.multiplyAdds());
    return counted;
  }
}
