package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.dl4j.data.PreparedData;
import java.util.ArrayList;
import java.util.List;

/**
 * The estimator {@code dl4j-mlp}: multilayer perceptrons for classification and regression. Each
 * hidden layer is: weighted sums, batch normalisation if asked for, activation, dropout.
 */
public final class MlpProvider extends NetworkProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MlpProvider() {
    super("dl4j-mlp", "trains multilayer perceptrons on ND4J", known());
  }

  private static List<Tunable> known() {
    var tunables = new ArrayList<Tunable>();
    tunables.add(new Tunable.Whole("layers", 2, 1, 32, "hidden layers"));
    tunables.add(new Tunable.Whole("units", 64, 1, 16_384, "width of the first hidden layer"));
    tunables.add(
        new Tunable.Flag(
            "taper", false, "whether each further hidden layer has half the width, else the same"));
    tunables.add(CommonTunables.ACTIVATION);
    tunables.add(CommonTunables.BATCH_NORM);
    tunables.add(CommonTunables.dropout("a hidden layer"));
    tunables.addAll(CommonTunables.TRAINING);
    return tunables;
  }

  @Override
  NetworkFactory factory(EstimatorRequest request, PreparedData data, int epochs) {
    return (candidate, values, prepared, size, randomness) ->
        new DenseNetwork(DenseRecipe.of(values).at(size), prepared, randomness);
  }
}
