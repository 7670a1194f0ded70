package dev.troupe.estimator.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.activations.Activation;

/** The activation functions of hidden layers. */
enum ActivationKind {
  RELU(Activation.RELU),
  LEAKY_RELU(Activation.LEAKYRELU),
  ELU(Activation.ELU),
  SELU(Activation.SELU),
  GELU(Activation.GELU),
  SWISH(Activation.SWISH),
  TANH(Activation.TANH),
  SIGMOID(Activation.SIGMOID),
  SOFTPLUS(Activation.SOFTPLUS);

  private final Activation layer;

  ActivationKind(Activation layer) {
    this.layer = layer;
  }

  /** Returns Deeplearning4j's own name for it. */
  Activation layer() {
    return layer;
  }

  /** Returns the names in kebab case. */
  static List<String> names() {
    return Arrays.stream(values()).map(ActivationKind::kebab).toList();
  }

  static ActivationKind of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private String kebab() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the variance of initial weights times the number of inputs: 2 for those that are zero
   * for half of their inputs (He et al. 2015, doi:10.1109/ICCV.2015.123), else 1.
   */
  double gain() {
    return switch (this) {
      case RELU, LEAKY_RELU, ELU, GELU, SWISH -> 2;
      case SELU, TANH, SIGMOID, SOFTPLUS -> 1;
    };
  }
}
