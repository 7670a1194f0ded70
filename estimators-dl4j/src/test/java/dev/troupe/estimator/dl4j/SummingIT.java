package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.random.RandomStreams;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SummingIT {

  @Test
  void backward_pathsLeftOut_returnsTheFactorsOfTheForwardPass() {
    Natives.load();
    LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();
    var random = RandomStreams.of(1).stream(RandomStreams.Kind.TRIAL, 1, "drop-path");
    INDArray ones = Nd4j.ones(DataType.FLOAT, 40, 2, 3, 3);
    INDArray zeros = Nd4j.zeros(DataType.FLOAT, 40, 2, 3, 3);
    try (var drops = new DropPath(0.5, 1, random)) {
      drops.beginEpoch(1);
      Summing sum = Summing.sum(drops, new boolean[] {true, false, true});
      INDArray[] inputs = {ones, zeros, zeros};

      INDArray output = sum.forward(inputs, true, memory);
      INDArray[] gradients = sum.backward(inputs, ones, memory);

      // With ones on one path and nothing on the others the output is that path's factors.
      assertThat(gradients[0]).isEqualTo(output).isNotEqualTo(ones);
      assertThat(gradients[1]).isEqualTo(ones);
      assertThat(gradients[2]).isNotEqualTo(gradients[0]);
      assertThat(ones.minNumber().floatValue()).isEqualTo(1);
    }
  }
}
