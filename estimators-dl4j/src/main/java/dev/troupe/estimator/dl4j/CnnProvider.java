package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.dl4j.data.PreparedData;
import java.util.ArrayList;
import java.util.List;

/**
 * The estimator {@code dl4j-cnn}: small convolutional networks for pictures. Convolutions (with
 * batch normalisation if asked for), each followed by a max-pooling that halves the picture, then a
 * dense layer with dropout, then the output.
 */
public final class CnnProvider extends NetworkProvider {

  /** For {@link java.util.ServiceLoader}. */
  public CnnProvider() {
    super("dl4j-cnn", "trains small convolutional networks on Deeplearning4j", known());
  }

  private static List<Tunable> known() {
    var tunables = new ArrayList<Tunable>();
    tunables.add(new Tunable.Whole("conv-layers", 2, 1, 8, "convolutions"));
    tunables.add(new Tunable.Whole("filters", 16, 1, 512, "channels after the first convolution"));
    tunables.add(new Tunable.Whole("kernel", 3, 1, 11, "side of the convolutions' kernels"));
    tunables.add(new Tunable.Whole("dense-units", 64, 1, 4_096, "width of the dense layer"));
    tunables.add(CommonTunables.ACTIVATION);
    tunables.add(CommonTunables.BATCH_NORM);
    tunables.add(CommonTunables.dropout("the dense layer"));
    tunables.addAll(CommonTunables.TRAINING);
    return tunables;
  }

  @Override
  NetworkFactory factory(EstimatorRequest request, PreparedData data, int epochs) {
    if (!data.shape().isImage()) {
      throw new IllegalArgumentException(
          "Estimator 'dl4j-cnn' needs pictures, but data '%s' are rows of %d features. Maybe name = dl4j-mlp."
              .formatted(data.name(), data.shape().size()));
    }
    return (candidate, values, prepared, size, randomness) ->
        ConvNetwork.of(ConvRecipe.of(values).at(size), prepared, randomness);
  }
}
