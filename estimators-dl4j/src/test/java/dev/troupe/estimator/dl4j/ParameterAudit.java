package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.estimator.dl4j.data.Task;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * What Deeplearning4j's count of a network's parameters consists of.
 *
 * @param raw all numbers that it keeps
 * @param statistics running means and variances
 * @param masked zeros between the taps of dilated kernels
 * @param trainable the rest
 */
record ParameterAudit(long raw, long statistics, long masked, long trainable) {

  static ParameterAudit of(ArchitectureNetwork network) {
    NetworkTensors tensors = network.tensors();
    return new ParameterAudit(
        tensors.rawParameters(), tensors.statistics(), tensors.maskedZeros(), tensors.trainable());
  }

  /** Builds a network and audits it. */
  static ParameterAudit of(Architecture architecture) {
    try (ArchitectureNetwork network =
        ArchitectureNetwork.of(
            architecture, Task.CLASSIFICATION, new Sgd(0.1), DataType.FLOAT, 1, new Random(1))) {
      return of(network);
    }
  }

  /** Requires that what is trained is what the architecture says. */
  ParameterAudit requireAgreement(Architecture architecture) {
    assertThat(trainable).as("%s", architecture).isEqualTo(architecture.parameters());
    return this;
  }
}
